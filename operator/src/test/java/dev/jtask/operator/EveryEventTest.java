package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EveryEventTest {

    @Test
    void hearsOfASpecOfAnAnnotationAndOfTheEnd() {
        assertThat(isNews(pool -> pool.setGeneration(4L))).isTrue();
        assertThat(isNews(pool -> pool.setAnnotations(Map.of("jtask.dev/paused", "true"))))
                .isTrue();
        assertThat(isNews(pool -> pool.setDeletionTimestamp("2026-01-01T00:00:00Z")))
                .isTrue();
    }

    /// A list after a lost watch shows a pool in the place of another as its change.
    @Test
    void hearsOfANamesake() {
        assertThat(isNews(pool -> pool.setUid("another"))).isTrue();
    }

    @Test
    void isNotWokenByWhatTheOperatorWrites() {
        assertThat(isNews(pool -> pool.setResourceVersion("8"))).as("a status").isFalse();
        assertThat(isNews(pool -> pool.setFinalizers(List.of("f")))).isFalse();
    }

    private static boolean isNews(Consumer<ObjectMeta> change) {
        TaskWorkerPool before = Pools.pool("queues: [{name: orders}]");
        TaskWorkerPool after = Pools.pool("queues: [{name: orders}]");
        change.accept(after.getMetadata());
        return EveryEvent.isNews(after, before);
    }
}
