package dev.jtask.local.kubernetes.node;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import dev.jtask.local.kubernetes.node.Progress.Exit;
import dev.jtask.local.kubernetes.node.Progress.State;
import dev.jtask.local.kubernetes.node.Workers.Launch;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs the process of one pod on a thread of its own: starts it, asks its probes, starts it again when it ends, and
/// ends it when it is told to: SIGTERM, the grace period, SIGKILL.
final class PodAgent {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Pod pod;
    private final String address;
    private final Workers workers;
    private final ContainerEnvironment.Secrets secrets;
    private final HttpClient http;
    private final Runnable changed;
    private final RestartBackoff backoff = new RestartBackoff();
    private final Thread thread;

    private volatile Progress progress = Progress.created(Instant.now());
    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private volatile @Nullable Instant deadline;
    private volatile boolean gone;

    private PodAgent(
            Pod pod,
            String address,
            Workers workers,
            ContainerEnvironment.Secrets secrets,
            HttpClient http,
            Runnable changed) {
        this.pod = pod;
        this.address = address;
        this.workers = workers;
        this.secrets = secrets;
        this.http = http;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name(pod.getMetadata().getName()).unstarted(this::run);
    }

    /// @param changed run whenever [#progress()] is another
    static PodAgent start(
            Pod pod,
            String address,
            Workers workers,
            ContainerEnvironment.Secrets secrets,
            HttpClient http,
            Runnable changed) {
        var agent = new PodAgent(pod, address, workers, secrets, http, changed);
        agent.thread.start();
        return agent;
    }

    Pod pod() {
        return pod;
    }

    String address() {
        return address;
    }

    Progress progress() {
        return progress;
    }

    boolean isEnding() {
        return deadline != null;
    }

    boolean isGone() {
        return gone;
    }

    OptionalLong pid() {
        return progress.state() instanceof State.Running running
                ? OptionalLong.of(running.pid())
                : OptionalLong.empty();
    }

    /// Begins the end; a second call may bring it closer, never put it off.
    ///
    /// @param grace how long the process may take before it is killed
    void end(Duration grace) {
        var until = Instant.now().plus(grace);
        var before = deadline;
        if (before == null || until.isBefore(before)) {
            deadline = until;
            told.complete(null);
        }
    }

    void awaitGone() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isEnding()) {
                startAndAttend();
            }
        } finally {
            gone = true;
            changed.run();
        }
    }

    private void startAndAttend() {
        var container = pod.getSpec().getContainers().getFirst();
        switch (launch(container)) {
            case Launch.Refused(var reason, var message) -> {
                become(new State.Waiting(reason, message));
                await(told, RETRY);
            }
            case Launch.Started(var process) -> attend(process, container);
        }
    }

    private Launch launch(Container container) {
        return switch (ContainerEnvironment.of(container, pod, address, secrets)) {
            case ContainerEnvironment.Unresolvable(var message) ->
                new Launch.Refused("CreateContainerConfigError", message);
            case ContainerEnvironment.Resolved(var variables) -> workers.launch(pod, onItsAddress(variables));
        };
    }

    /// All pods share this machine's network: a worker that listened on every address would shut out the others.
    private Map<String, String> onItsAddress(Map<String, String> variables) {
        var changed = new HashMap<>(variables);
        changed.put("JTASK_HTTP_HOST", address);
        return changed;
    }

    private void attend(Process process, Container container) {
        var since = Instant.now();
        var checks = new HttpChecks(http, address, container, since);
        become(new State.Running(process.pid(), since, Readiness.NOT_READY));
        while (process.isAlive() && !isEnding()) {
            var readiness = checks.readiness();
            become(new State.Running(process.pid(), since, readiness));
            if (checks.isDead(Instant.now())) {
                process.destroyForcibly();
            }
            await(CompletableFuture.anyOf(process.onExit(), told), checks.pause(readiness));
        }
        if (process.isAlive()) {
            // once: a worker takes a second SIGTERM as leave to interrupt its tasks
            process.destroy();
            become(new State.Running(process.pid(), since, Readiness.NOT_READY));
            await(process.onExit(), Duration.between(Instant.now(), deadline()));
            process.destroyForcibly();
        }
        ended(new Exit(process.onExit().join().exitValue(), since, Instant.now()));
    }

    private void ended(Exit exit) {
        if (isEnding()) {
            become(new State.Ended(exit));
            return;
        }
        var pause = backoff.next(Duration.between(exit.started(), exit.ended()));
        progress = progress.exited(exit).restarted();
        become(new State.Waiting(
                "CrashLoopBackOff",
                "back-off %d s after exit code %d; see the pod's log".formatted(pause.toSeconds(), exit.code())));
        await(told, pause);
    }

    private Instant deadline() {
        return Objects.requireNonNullElse(deadline, Instant.MAX);
    }

    private static void await(CompletableFuture<?> event, Duration atMost) {
        event.copy()
                .<@Nullable Object>thenApply(any -> null)
                .completeOnTimeout(null, Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)
                .join();
    }

    private void become(State state) {
        var before = progress;
        progress = before.with(state, Instant.now());
        if (!progress.equals(before)) {
            changed.run();
        }
    }
}
