package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pods of this node: each an object in the API and an agent with its process. Changed by one thread only.
final class Pods {

    private static final Logger LOG = LoggerFactory.getLogger(Pods.class);
    private static final int DEFAULT_PORT = 9000;
    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final Duration FORCED = Duration.ofSeconds(2);
    private static final int SUFFIX_LENGTH = 5;
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final PodApi api;
    private final Workers workers;
    private final Runnable changed;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final PodAddresses addresses = new PodAddresses(random);
    private final Map<String, PodAgent> agents = new ConcurrentHashMap<>();
    private final Map<String, Progress> published = new ConcurrentHashMap<>();
    private final Map<String, Pod> seen = new ConcurrentHashMap<>();

    Pods(PodApi api, Workers workers, Runnable changed) {
        this.api = api;
        this.workers = workers;
        this.changed = changed;
    }

    List<PodAgent> all() {
        return List.copyOf(agents.values());
    }

    /// Those of a Deployment that are not ending.
    List<PodAgent> of(Deployment deployment) {
        return agents.values().stream()
                .filter(agent -> owner(agent).equals(deployment.getMetadata().getUid()) && !agent.isEnding())
                .toList();
    }

    static String owner(PodAgent agent) {
        return agent.pod().getMetadata().getOwnerReferences().getFirst().getUid();
    }

    void create(Deployment deployment, String templateHash) {
        var draft = PodFactory.pod(deployment, templateHash, suffix());
        var address = addresses.take(port(draft));
        Pod pod;
        try {
            pod = api.create(draft);
        } catch (RuntimeException e) {
            addresses.release(address);
            throw e;
        }
        LOG.info("pod {} at {}", pod.getMetadata().getName(), address);
        agents.put(pod.getMetadata().getUid(), PodAgent.start(pod, address, workers, api, http, changed));
    }

    /// Begins the end of a pod as its spec allows.
    void end(PodAgent agent) {
        LOG.info("pod {} ends", agent.pod().getMetadata().getName());
        api.markEnding(agent.pod());
        agent.end(grace(agent.pod()));
    }

    /// Follows what others did to the pods: deleted ones end, forgotten ones at once.
    void follow(List<Pod> stored) {
        Map<String, Pod> byUid = stored.stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod, (one, other) -> other));
        agents.forEach((uid, agent) -> {
            var object = byUid.get(uid);
            if (object == null && seen.containsKey(uid)) {
                agent.end(FORCED);
            } else if (object != null) {
                seen.put(uid, object);
                if (object.isMarkedForDeletion()) {
                    agent.end(grace(object));
                }
            }
        });
    }

    /// Writes the status of every pod that changed and removes those whose process has ended.
    void publish() {
        agents.forEach((uid, agent) -> {
            var progress = agent.progress();
            if (agent.isGone()) {
                api.remove(agent.pod());
                addresses.release(agent.address());
                agents.remove(uid);
                published.remove(uid);
                seen.remove(uid);
            } else if (!progress.equals(published.get(uid))) {
                api.writeStatus(agent.pod(), PodStatuses.of(agent.pod(), agent.address(), progress));
                published.put(uid, progress);
            }
        });
    }

    /// Ends every process without telling the API.
    void close(Duration grace) {
        agents.values().forEach(agent -> agent.end(grace));
        agents.values().forEach(PodAgent::awaitGone);
    }

    private static Duration grace(Pod pod) {
        return Duration.ofSeconds(Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                .or(() -> Optional.ofNullable(pod.getSpec().getTerminationGracePeriodSeconds()))
                .orElse(DEFAULT_GRACE_SECONDS));
    }

    private static int port(Pod pod) {
        var ports = pod.getSpec().getContainers().getFirst().getPorts();
        @Nullable Integer port = ports.isEmpty() ? null : ports.getFirst().getContainerPort();
        return port == null ? DEFAULT_PORT : port;
    }

    private String suffix() {
        return random.ints(SUFFIX_LENGTH, 0, SUFFIX_LETTERS.length())
                .mapToObj(index -> SUFFIX_LETTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
