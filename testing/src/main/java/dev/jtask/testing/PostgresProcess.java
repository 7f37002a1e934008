package dev.jtask.testing;

import dev.jtask.testing.process.Children;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operating system's side of PostgreSQL: files, the user that it runs as, and processes.
final class PostgresProcess {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final long PATIENCE_SECONDS = 60;

    private final Path programs;
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private PostgresProcess(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    static PostgresProcess in(Path directory, int port) {
        return new PostgresProcess(programs(), directory, port);
    }

    /// Makes an empty database for this user.
    void create(String user, String password) throws IOException {
        var secret = Files.writeString(directory.resolve("password"), password);
        if (isRoot()) {
            var owner =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            Files.setOwner(directory, owner);
            Files.setOwner(secret, owner);
        }
        var made = run("initdb", "--pgdata=" + data(), "--username=" + user, "--pwfile=" + secret)
                .with("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")
                .start();
        if (!ends(made) || made.exitValue() != 0) {
            throw new IllegalStateException("initdb failed:\n" + log());
        }
        Files.delete(secret);
    }

    void start() {
        try {
            process = run("postgres", "-D", data().toString(), "-p", Integer.toString(port))
                    .with("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
                    .with("-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=50")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        var started = process;
        return started != null && started.isAlive();
    }

    /// By its own word, which is the last line of this file.
    boolean isReady() {
        try {
            var lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() > 7 && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // not written yet
        }
    }

    /// Ends the server and waits for the processes of its connections, which see that it is gone.
    void kill() {
        var running = process;
        if (running == null) {
            return;
        }
        var connections = running.descendants().toList();
        running.destroyForcibly();
        running.onExit().join();
        connections.forEach(each -> each.onExit().join());
        delete(data().resolve("postmaster.pid"));
        process = null;
    }

    /// Killed, it would leave its shared memory behind.
    void close() {
        if (isRunning()) {
            try {
                ends(run("pg_ctl", "stop", "-D", data().toString(), "-m", "immediate")
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(PostgresProcess::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    String log() {
        try {
            var lines = Files.readAllLines(directory.resolve("out.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static boolean ends(Process running) {
        try {
            return running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Command run(String program, String... arguments) {
        var line = new ArrayList<String>();
        if (isRoot()) {
            // a change of the user takes back what ends it with this JVM, so that this must be asked for again
            line.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--init-groups", "--pdeathsig", "KILL"));
        }
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(arguments));
        return new Command(line);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// The newest of Debian's, else those on the path.
    private static Path programs() {
        var debians = new ArrayList<Path>();
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                versions.sorted(Comparator.comparingInt((Path version) ->
                                        version.getFileName().toString().length())
                                .thenComparing(Path::toString)
                                .reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(debians::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var path = Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(debians.stream(), path)
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no initdb and postgres in %s or on the path; install PostgreSQL (Debian: apt-get install postgresql)"
                                .formatted(VERSIONS)));
    }

    /// A program that writes to the node's log.
    private final class Command {

        private final List<String> line;

        Command(List<String> line) {
            this.line = line;
        }

        Command with(String... more) {
            line.addAll(List.of(more));
            return this;
        }

        Process start() throws IOException {
            var environment = Map.of("PATH", System.getenv("PATH"), "HOME", directory.toString(), "LC_ALL", "C");
            return Children.start(line, environment, directory, directory.resolve("out.log"));
        }
    }
}
