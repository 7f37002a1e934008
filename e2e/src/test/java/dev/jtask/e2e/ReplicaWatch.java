package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Hears of a Deployment's replicas as they change.
final class ReplicaWatch implements AutoCloseable {

    private final CompletableFuture<Instant> empty = new CompletableFuture<>();
    private final CompletableFuture<Instant> some = new CompletableFuture<>();
    private final Process process;

    private ReplicaWatch(Process process) {
        this.process = process;
    }

    /// Returns once the watch is there and shows an empty Deployment.
    static ReplicaWatch start(Kubectl kubectl, String deployment) {
        try {
            var watch = new ReplicaWatch(new ProcessBuilder(
                            "kubectl",
                            "--namespace",
                            kubectl.namespace(),
                            "get",
                            "deployment/" + deployment,
                            "--watch",
                            "-o",
                            "jsonpath={.spec.replicas}{\"\\n\"}")
                    .start());
            Thread.ofVirtual().start(watch::read);
            eventually("an empty Deployment").until(watch.empty::isDone);
            return watch;
        } catch (IOException e) {
            throw new AssertionError("kubectl is needed on the PATH", e);
        }
    }

    /// When the first pod was asked for.
    Instant awaitSome() {
        eventually("replicas").until(some::isDone);
        return some.join();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                (line.equals("0") ? empty : some).complete(Instant.now());
            }
        } catch (IOException e) {
            some.completeExceptionally(e);
        }
    }
}
