package dev.jtask.local;

import dev.jtask.local.demo.Demo;
import dev.jtask.local.demo.Up;
import dev.jtask.local.system.CannotRunException;
import dev.jtask.local.system.Checkout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// `jtask-local demo|up`: the whole system on this machine.
public final class Main {

    private static final int CANNOT_RUN = 2;
    private static final String USAGE = """
            usage: jtask-local demo   2,000 tasks, workers from 0 to N and back (DEMO_KILL=1 kills some on the way)
                   jtask-local up     the same system without a load, until Ctrl-C""";

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args.length == 1 ? args[0] : String.join(" ", args), System.nanoTime()));
    }

    private static int run(String command, long start) {
        var checkout = new Checkout(Path.of(System.getProperty("jtask.home", "")));
        try (var _ = alone(checkout)) {
            LogFile.use(checkout.folder().resolve("local.log"));
            return switch (command) {
                case "demo" -> new Demo(checkout, weather(), System.out, start).run();
                case "up" -> {
                    Up.run(checkout, System.out, start);
                    yield 0;
                }
                case "" -> refuse(USAGE);
                default -> refuse("unknown command '%s'%n%s".formatted(command, USAGE));
            };
        } catch (CannotRunException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refuse("cannot write to %s: %s".formatted(checkout.folder(), e.getMessage()));
        }
    }

    /// The folder has room for one system at a time.
    private static FileChannel alone(Checkout checkout) throws IOException {
        Files.createDirectories(checkout.folder());
        var file = FileChannel.open(
                checkout.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            throw new CannotRunException("another jtask-local runs in this checkout; end it first (it holds %s/lock)"
                    .formatted(checkout.folder()));
        }
        return file;
    }

    private static Demo.Weather weather() {
        return "1".equals(System.getenv("DEMO_KILL")) ? Demo.Weather.KILLING : Demo.Weather.CALM;
    }

    private static int refuse(String sentence) {
        System.err.println("jtask-local: " + sentence);
        return CANNOT_RUN;
    }
}
