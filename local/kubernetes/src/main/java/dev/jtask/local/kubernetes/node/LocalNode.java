package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the Deployments of a Kubernetes API into worker processes on this machine, and tells the API how they are.
///
/// One thread looks over everything whenever a Deployment, a pod or a process changes, and at least every second.
public final class LocalNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration HURRY = Duration.ofSeconds(5);

    /// A worker process that runs.
    ///
    /// @param address where its probes and metrics are
    public record RunningPod(String name, String address, OptionalLong pid, boolean ready) {}

    private final Semaphore changes = new Semaphore(0);
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Pod> pods;
    private final Pods running;
    private final Controller controller;
    private final Thread loop;
    private volatile boolean closed;

    private LocalNode(KubernetesClient client, WorkerRuntime runtime) {
        var api = new PodApi(client);
        this.running = new Pods(api, new JavaWorkers(runtime), changes::release);
        this.controller = new Controller(api, running);
        this.deployments = client.apps().deployments().inAnyNamespace().inform(new Wake<>());
        this.pods = client.pods().inAnyNamespace().inform(new Wake<>());
        this.loop = Thread.ofPlatform().daemon().name("local-node").unstarted(this::run);
    }

    /// Starts to look after all Deployments of an API. The caller closes the client after the node.
    public static LocalNode start(KubernetesClient client, WorkerRuntime runtime) {
        var node = new LocalNode(client, runtime);
        node.loop.start();
        return node;
    }

    /// The pods that have not ended, also those that are about to.
    public List<RunningPod> pods() {
        return running.all().stream()
                .map(agent -> new RunningPod(
                        agent.pod().getMetadata().getName(),
                        agent.address(),
                        agent.pid(),
                        agent.progress().readiness() == PodFacts.Readiness.READY))
                .toList();
    }

    /// Ends all processes: SIGTERM, a few seconds, SIGKILL. Nothing is written to the API any more.
    @Override
    public void close() {
        closed = true;
        changes.release();
        try {
            loop.join(HURRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deployments.close();
        pods.close();
        running.close(HURRY);
    }

    private void run() {
        try {
            while (!closed) {
                look();
                changes.tryAcquire(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            controller.look(deployments.getStore().list(), pods.getStore().list());
        } catch (RuntimeException e) {
            // the node goes on: every look starts from what there is
            LOG.warn("local node: {}; looking again in {}", e.getMessage(), LONGEST_PAUSE);
        }
    }

    private final class Wake<T extends HasMetadata> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            changes.release();
        }

        @Override
        public void onUpdate(T before, T after) {
            changes.release();
        }

        @Override
        public void onDelete(T deleted, boolean finalStateUnknown) {
            changes.release();
        }
    }
}
