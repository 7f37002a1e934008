package dev.jtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A process of the cluster that runs on this machine, to be stopped and continued.
///
/// @param pid its id, as this machine counts
record HostProcess(long pid) {

    /// @throws org.opentest4j.TestAbortedException when nobody said which process it is
    static HostProcess apiServer() {
        var pid = System.getenv("JTASK_E2E_API_SERVER");
        assumeTrue(pid != null, "JTASK_E2E_API_SERVER is not set: the API server's process id on this machine");
        return new HostProcess(Long.parseLong(pid));
    }

    /// The JVM in a pod.
    ///
    /// @throws org.opentest4j.TestAbortedException when this machine is not the node
    static HostProcess ofPod(String pod) {
        assumeTrue(
                "true".equals(System.getenv("JTASK_E2E_NODE")),
                "JTASK_E2E_NODE is not true: this machine is not said to be the node");
        return new HostProcess(ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> variables(pid).contains("HOSTNAME=" + pod))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process of pod %s on this machine".formatted(pod))));
    }

    /// How much memory it has, in MiB.
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElseThrow();
    }

    /// How long it has been computing.
    Duration computed() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    void stop() throws IOException {
        signal("STOP");
    }

    void goOn() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    private static List<String> variables(long pid) {
        try {
            return List.of(Files.readString(Path.of("/proc/%d/environ".formatted(pid)), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of(); // it ended, or is another user's
        }
    }
}
