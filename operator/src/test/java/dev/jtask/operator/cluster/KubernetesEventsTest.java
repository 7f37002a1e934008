package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.operator.event.Announcement;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesEventsTest {

    private static final Announcement TO_2 = Announcement.normal("Scaled", "to 2");
    private static final Announcement TO_3 = Announcement.normal("Scaled", "to 3");

    private final AtomicBoolean leads = new AtomicBoolean(true);
    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private KubernetesEvents events;

    @BeforeEach
    void start() {
        kubernetes = EmbeddedKubernetes.start();
        client = kubernetes.client();
        events = new KubernetesEvents(client, Clock.systemUTC(), leads::get);
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void whatHappensAgainRaisesTheCount() {
        events.publish(pool(), TO_2);
        events.publish(pool(), TO_2);
        events.publish(pool(), TO_3);

        assertThat(client.v1().events().inNamespace("shop").list().getItems())
                .extracting(Event::getMessage, Event::getCount)
                .containsExactlyInAnyOrder(tuple("to 2", 2), tuple("to 3", 1));
    }

    @Test
    void whoLeadsNoMoreTellsNothing() {
        leads.set(false);

        events.publish(pool(), TO_2);

        assertThat(kubernetes.requests()).isEmpty();
    }

    private static TaskWorkerPool pool() {
        var pool = new TaskWorkerPool();
        pool.setMetadata(new ObjectMetaBuilder()
                .withName("thumbnails")
                .withNamespace("shop")
                .withUid("7")
                .build());
        return pool;
    }
}
