package dev.jtask.worker;

import dev.jtask.client.TaskClient;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All that a worker of this JVM shows of itself, beside its log and its messages.
final class Shown {

    private Shown() {}

    /// Its pages, the threads and what the list of processes says of this JVM and of those that it has started.
    static List<String> by(WorkerProgram worker) throws IOException {
        var shown = new ArrayList<String>();
        for (var page : List.of("/livez", "/readyz", "/metrics", "/nothing")) {
            var answer = Workers.get(worker.httpPort(), page);
            shown.add(answer.headers().map() + answer.body());
        }
        shown.add(Thread.getAllStackTraces().keySet().toString());
        processes().forEach(shown::add);
        return shown;
    }

    /// And what it answers to whoever asks by remote control.
    static List<String> by(WorkerProgram worker, TaskClient client) throws IOException {
        var shown = by(worker);
        var inspect = client.workers().inspect();
        shown.add(inspect.conf().toString());
        shown.add(inspect.stats().toString());
        shown.add(inspect.report().toString());
        return shown;
    }

    static Stream<String> processes() {
        var own = ProcessHandle.current();
        return Stream.concat(Stream.of(own), own.descendants()).map(Shown::commandLine);
    }

    /// Whole, where there is /proc: the JDK tells of a page of it.
    private static String commandLine(ProcessHandle process) {
        try {
            var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }
}
