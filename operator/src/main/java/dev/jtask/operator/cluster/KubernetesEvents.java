package dev.jtask.operator.cluster;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.workload.ApiWords;
import dev.jtask.operator.workload.Labels;
import dev.jtask.protocol.time.Wait;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in Kubernetes: what happens again raises the count of the event that told of it first.
public final class KubernetesEvents implements Events {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final int REMEMBERED = 1_000;
    /// The API server forgets events after an hour; a count must not outlive its event.
    private static final Duration FORGET_AFTER = Duration.ofMinutes(50);

    private record Key(String uid, Announcement news) {}

    private record Told(Instant first, Instant last, int count) {}

    private final Map<Key, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Told> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final KubernetesClient client;
    private final Clock clock;
    private final Leadership leadership;

    /// @param leadership asked before every write; without it nothing is told
    public KubernetesEvents(KubernetesClient client, Clock clock, Leadership leadership) {
        this.client = client;
        this.clock = clock;
        this.leadership = leadership;
    }

    @Override
    public void publish(TaskWorkerPool pool, Announcement news) {
        if (!leadership.holds()) {
            return; // whoever leads now tells what it sees
        }
        var key = new Key(Objects.requireNonNullElse(pool.getMetadata().getUid(), ""), news);
        var event = event(pool, key, tell(key));
        try {
            client.resource(event)
                    .fieldManager(Labels.OPERATOR)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            // in a namespace that is being deleted nothing can be created; the event is a courtesy
            LOG.warn(
                    "pool {}/{}: event {} is lost: {}",
                    pool.getMetadata().getNamespace(),
                    pool.getMetadata().getName(),
                    news.reason(),
                    ApiWords.of(e));
        }
    }

    private Told tell(Key key) {
        synchronized (told) {
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            var before = told.get(key);
            var current =
                    before != null && !Wait.of(before.last(), FORGET_AFTER).isOver(now)
                            ? new Told(before.first(), now, before.count() + 1)
                            : new Told(now, now, 1);
            told.put(key, current);
            return current;
        }
    }

    private Event event(TaskWorkerPool pool, Key key, Told history) {
        var metadata = pool.getMetadata();
        // one name for each thing told, new when its count begins anew
        var name = "%s.%08x%08x".formatted(metadata.getName(), key.hashCode(), (int)
                history.first().getEpochSecond());
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withType(key.news().type().text())
                .withReason(key.news().reason())
                .withMessage(key.news().message())
                .withCount(history.count())
                .withFirstTimestamp(history.first().toString())
                .withLastTimestamp(history.last().toString())
                .withNewSource()
                .withComponent(Labels.OPERATOR)
                .endSource()
                .withReportingComponent(Labels.OPERATOR)
                .withReportingInstance(Labels.OPERATOR)
                .withNewInvolvedObject()
                .withApiVersion(pool.getApiVersion())
                .withKind(pool.getKind())
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .build();
    }
}
