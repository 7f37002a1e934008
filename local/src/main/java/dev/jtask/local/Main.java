package dev.jtask.local;

import dev.jtask.local.demo.Demo;
import dev.jtask.local.demo.Up;
import dev.jtask.local.system.CannotRunException;
import dev.jtask.local.system.Checkout;
import dev.jtask.local.system.OwnTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `jtask-local demo|up [--tasks NAME=JAR]`: the whole system on this machine.
public final class Main {

    private static final int FAILED = 1;
    private static final String USAGE = """
            usage: jtask-local demo   2,000 tasks, workers from 0 to N and back (DEMO_KILL=1 kills some on the way)
                   jtask-local up     the same system without a load, until Ctrl-C
                   jtask-local up --tasks NAME=JAR[,JAR…]   with a pool and a queue NAME that run your own tasks""";
    private static final String TASKS = "--tasks";

    private Main() {}

    public static void main(String[] args) {
        var checkout = Checkout.at(Path.of(System.getProperty("jtask.home", "")));
        System.exit(run(List.of(args), checkout, System.nanoTime()));
    }

    /// @return the exit code
    static int run(List<String> args, Checkout checkout, long start) {
        try (var _ = FolderLock.of(checkout.folder())) {
            LogFile.use(checkout.folder().resolve("local.log"));
            return switch (String.join(" ", args)) {
                case "demo" -> {
                    new Demo(checkout, weather(), System.out, start).run();
                    yield 0;
                }
                case "up" -> {
                    Up.run(checkout, System.out, start);
                    yield 0;
                }
                case "" -> refuse(USAGE);
                case String _
                when args.size() == 3 && args.subList(0, 2).equals(List.of("up", TASKS)) -> {
                    Up.run(checkout.with(OwnTasks.parse(args.get(2))), System.out, start);
                    yield 0;
                }
                case String command -> refuse("unknown command '%s'%n%s".formatted(command, USAGE));
            };
        } catch (CannotRunException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refuse("cannot write to %s: %s".formatted(checkout.folder(), e.getMessage()));
        }
    }

    private static Demo.Weather weather() {
        return "1".equals(System.getenv("DEMO_KILL")) ? Demo.Weather.KILLING : Demo.Weather.CALM;
    }

    private static int refuse(String sentence) {
        System.err.println("jtask-local: " + sentence);
        return FAILED;
    }
}
