package dev.jtask.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Starts processes that end with this JVM, however it ends: by a shutdown hook, and where Linux' `setpriv` is at hand
/// by the kernel, so also when the JVM is killed.
public final class Children {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /// The kernel's signal comes when the *thread* that started the process ends: this one never does. An executor that
    /// nobody holds would end it.
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "process-starter");
        thread.setDaemon(true);
        return thread;
    });

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "end-children"));
    }

    private Children() {}

    /// Starts a process with exactly the given environment and with its output appended to a file.
    ///
    /// @throws IOException when the program cannot be started, with its name
    public static Process start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        Files.createDirectories(directory);
        var builder = new ProcessBuilder(tied(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = started(builder);
        RUNNING.removeIf(ended -> !ended.isAlive());
        RUNNING.add(process);
        if (ending) {
            process.destroyForcibly();
            throw new IOException("this JVM is ending");
        }
        return process;
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> start(builder), STARTER).join();
        } catch (CompletionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static List<String> tied(List<String> command) {
        return Files.isExecutable(SETPRIV)
                ? Stream.concat(Stream.of(SETPRIV.toString(), "--pdeathsig", "KILL"), command.stream())
                        .toList()
                : command;
    }

    private static void endAll() {
        ending = true;
        RUNNING.forEach(Process::destroyForcibly);
    }
}
