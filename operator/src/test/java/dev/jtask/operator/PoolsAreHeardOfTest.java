package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class PoolsAreHeardOfTest {

    private static final Informer KEPT = new Informer("kept", true, true);
    private static final Informer GONE = new Informer("gone", true, false);
    private static final Informer ENDED = new Informer("ended", false, true);

    @Test
    void aNamespaceThatCannotBeReadIsToldAndKeepsTheOthersServed() {
        var answer = PoolsAreHeardOf.of(Map.of("pods", List.of(KEPT, GONE), "pools", List.of(KEPT)));

        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(answer.getData().orElseThrow())
                .isEqualTo(Map.of("pods", "cannot be read in gone", "pools", "all read"));
    }

    @Test
    void whereNoneCanBeReadNothingIsServed() {
        assertThat(PoolsAreHeardOf.of(Map.of("pods", List.of(GONE), "pools", List.of(KEPT)))
                        .getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void anInformerThatEndedIsStartedByNobody() {
        assertThat(PoolsAreHeardOf.of(Map.of("pods", List.of(KEPT, ENDED))).getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    private record Informer(String namespace, boolean running, boolean synced) implements InformerHealthIndicator {

        @Override
        public boolean hasSynced() {
            return synced;
        }

        @Override
        public boolean isWatching() {
            return synced;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public Status getStatus() {
            return running && synced ? Status.HEALTHY : Status.UNHEALTHY;
        }

        @Override
        public String getTargetNamespace() {
            return namespace;
        }
    }
}
