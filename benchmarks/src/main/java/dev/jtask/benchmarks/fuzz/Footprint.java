package dev.jtask.benchmarks.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a worker has become after all of it.
///
/// @param heapMiB in use after a collection
record Footprint(int sessionsLost, long logKiB, long heapMiB, long rssMiB) {

    private static final Pattern LOST = Pattern.compile("consumes: the connection was lost|sender has no connection");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    static Footprint of(long pid, Path log) throws IOException, InterruptedException {
        var said = Files.readString(log);
        jcmd(pid, "GC.run");
        var heap = USED.matcher(jcmd(pid, "GC.heap_info"));
        long used = 0;
        // young and old generation; what follows is no heap
        for (int generation = 0; generation < 2 && heap.find(); generation++) {
            used += Long.parseLong(heap.group(1));
        }
        var status = RSS.matcher(Files.readString(Path.of("/proc/%d/status".formatted(pid))));
        return new Footprint(
                (int) LOST.matcher(said).results().count(),
                Files.size(log) / 1_024,
                used / 1_024,
                status.find() ? Long.parseLong(status.group(1)) / 1_024 : 0);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
