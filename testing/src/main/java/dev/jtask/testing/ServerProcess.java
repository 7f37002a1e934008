package dev.jtask.testing;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operating system's side of a node: files, environment and processes.
final class ServerProcess {

    private static final List<Path> SERVERS = List.of(
            Path.of("/usr/lib/rabbitmq/bin"), Path.of("/opt/rabbitmq/sbin"), Path.of("/usr/local/opt/rabbitmq/sbin"));
    private final @Nullable Path directory;
    private final NodePorts ports;
    private final List<String> plugins;
    private final List<String> settings;
    private final String cookie;
    private @Nullable Process process;

    private ServerProcess(
            @Nullable Path directory, NodePorts ports, List<String> plugins, List<String> settings, String cookie) {
        this.directory = directory;
        this.ports = ports;
        this.plugins = List.copyOf(plugins);
        this.settings = settings;
        this.cookie = cookie;
    }

    static ServerProcess none() {
        return new ServerProcess(null, new NodePorts(0, 0, 0, 0), List.of(), List.of(), "");
    }

    /// @param plugins besides `rabbitmq_management`
    /// @param settings more lines of `rabbitmq.conf`
    /// @param cookie Erlang's; empty for one that the server makes
    static ServerProcess in(
            Path directory, NodePorts ports, List<String> plugins, List<String> settings, String cookie) {
        var server = new ServerProcess(directory, ports, plugins, settings, cookie);
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill, "rabbitmq-stop"));
        return server;
    }

    void start() {
        var base = own();
        try {
            write(base);
            var builder = new ProcessBuilder(
                            "bash",
                            "-c",
                            watched(),
                            executable("rabbitmq-server").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            base.resolve("out.log").toFile()));
            builder.environment().putAll(environment(base));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start RabbitMQ in " + base, e);
        }
    }

    boolean isRunning() {
        return directory == null || (process != null && process.isAlive());
    }

    void stop() {
        end(Process::destroy);
    }

    /// Ends the server's processes; the script that watches them then sees to the port mapper and ends itself.
    void kill() {
        end(running -> running.descendants().forEach(ProcessHandle::destroyForcibly));
    }

    void close() {
        var base = directory;
        if (base == null) {
            return;
        }
        kill();
        if (Files.notExists(base)) {
            return; // it did not come to be
        }
        endPortMapper(base);
        try (Stream<Path> files = Files.walk(base)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + base, e);
        }
    }

    /// Once more: a command that ran while the node ended may have started another one.
    private void endPortMapper(Path base) {
        try {
            var builder = new ProcessBuilder("epmd", "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment(base));
            builder.start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            // it is not on the path, and the server's own script has ended it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String log() {
        var base = directory;
        if (base == null) {
            return "";
        }
        try {
            var lines = Files.readAllLines(base.resolve("out.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    String ctl(String... arguments) {
        var command =
                Stream.concat(Stream.of(executable("rabbitmqctl").toString(), "--quiet"), Arrays.stream(arguments));
        return ran(command.toList(), "");
    }

    /// The value of an expression, by Erlang's own small client where there is one.
    String eval(String expression) {
        if (!isOnPath("erl_call")) {
            return ctl("eval", expression + ".");
        }
        try {
            var known = Files.readString(own().resolve(".erlang.cookie"));
            var address = "127.0.0.1:" + ports.distribution();
            return ran(List.of("erl_call", "-address", address, "-c", known, "-e"), expression + ".\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the cookie of %s cannot be read".formatted(ports.nodeName()), e);
        }
    }

    private String ran(List<String> command, String input) {
        var base = own();
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment(base));
            var running = builder.start();
            try (var in = running.outputWriter()) {
                in.write(input);
            }
            var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new IllegalStateException("%s %s failed: %s".formatted(command, input, output));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s ran".formatted(command.get(0)), e);
        }
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private void end(Consumer<Process> how) {
        var running = process;
        if (running == null) {
            return;
        }
        var children = running.descendants().toList();
        how.accept(running);
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                children.forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        children.forEach(ProcessHandle::destroyForcibly);
        process = null;
    }

    /// A script that ends the server when the JVM that started it is gone, however it went. The port mapper may take a
    /// killed node for a living one for a moment, and refuses to end then.
    private static String watched() {
        return """
            "$0" & server=$!
            trap 'kill $server 2>/dev/null' TERM INT
            while kill -0 %d 2>/dev/null && kill -0 $server 2>/dev/null; do read -r -t 1 _ <> <(:) || true; done
            kill $server 2>/dev/null; wait $server
            for _ in 1 2 3 4 5; do
              [[ "$(epmd -kill 2>&1)" == *"not allowed"* ]] || break
              read -r -t 0.2 _ <> <(:)
            done
            """.formatted(ProcessHandle.current().pid());
    }

    private Path own() {
        if (directory == null) {
            throw new IllegalStateException(
                    "the broker of JTASK_TEST_BROKER is not ours to control; unset it to run this test");
        }
        return directory;
    }

    private void write(Path base) throws IOException {
        Files.createDirectories(base);
        Files.writeString(base.resolve("rabbitmq.conf"), """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                collect_statistics_interval = 1000
                management.rates_mode = basic
                management.sample_retention_policies.global.minute = 1
                management.sample_retention_policies.basic.minute = 1
                management.sample_retention_policies.detailed.minute = 1
                log.console = false
                disk_free_limit.absolute = 50MB
                %s
                """.formatted(
                        ports.amqp(), ports.management(), String.join("\n", settings)));
        var enabled = Stream.concat(Stream.of("rabbitmq_management"), plugins.stream());
        Files.writeString(base.resolve("enabled_plugins"), enabled.collect(Collectors.joining(",", "[", "].\n")));
        var file = base.resolve(".erlang.cookie");
        if (!cookie.isEmpty() && !Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of(OWNER_READ, OWNER_WRITE)));
            Files.writeString(file, cookie);
        }
    }

    private Map<String, String> environment(Path base) {
        return Map.ofEntries(
                Map.entry("HOME", base.toString()),
                Map.entry("RABBITMQ_NODENAME", ports.nodeName()),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.distribution())),
                Map.entry("RABBITMQ_MNESIA_BASE", base.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", base.resolve("log").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", base.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        base.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_PID_FILE", base.resolve("pid").toString()),
                // quorum queues, too, count their messages every 5 s by default: for the others see the conf file;
                // a delay whose confirm is lost by a restart goes on after this time-out, of 3 min by default
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1} -rabbit quorum_tick_interval 1000"
                                + " -rabbit dead_letter_worker_publisher_confirm_timeout 5000"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(ports.portMapper())),
                Map.entry("ERL_CRASH_DUMP", base.resolve("erl_crash.dump").toString()),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
    }

    static boolean isInstalled() {
        return found("rabbitmq-server").isPresent();
    }

    private static Path executable(String name) {
        return found(name)
                .orElseThrow(() -> new IllegalStateException(
                        "no %s in %s; install RabbitMQ (Debian: apt-get install rabbitmq-server), set JTASK_TEST_RABBITMQ to its folder or set JTASK_TEST_BROKER"
                                .formatted(name, folders())));
    }

    private static Optional<Path> found(String name) {
        return folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> folders() {
        var chosen = System.getenv("JTASK_TEST_RABBITMQ");
        return chosen == null ? SERVERS : List.of(Path.of(chosen));
    }
}
