package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeteredLooksTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeteredLooks metrics = new MeteredLooks(registry);

    @Test
    void timesLooksByBrokerAndOutcome() {
        metrics.looked("http://one", "ok", Duration.ofMillis(20));
        metrics.looked("http://one", "ok", Duration.ofMillis(30));
        metrics.looked("http://one", "BrokerUnreachable", Duration.ofSeconds(4));

        var ok = registry.get("jtask.broker.probe")
                .tags("broker", "http://one", "outcome", "ok")
                .timer();
        assertThat(ok.count()).isEqualTo(2);
        assertThat(ok.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(50);
        assertThat(registry.getMeters()).hasSize(2);
    }

    @Test
    void aBrokerThatNobodyLooksAtAnyMoreHasNoMeters() {
        metrics.looked("http://one", "ok", Duration.ofMillis(20));
        metrics.looked("http://gone", "ok", Duration.ofMillis(20));
        metrics.looked("http://gone", "BrokerUnreachable", Duration.ofSeconds(4));

        metrics.keep(Set.of("http://one", "http://other"));

        assertThat(registry.getMeters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.getId().getTag("broker")).isEqualTo("http://one"));
    }

    @Test
    void aLookThatEndsAfterItsBrokerWentIsForgottenWithTheNextTick() {
        metrics.looked("http://gone", "ok", Duration.ofMillis(20));
        metrics.keep(Set.of());
        metrics.looked("http://gone", "ok", Duration.ofMillis(20));

        metrics.keep(Set.of());

        assertThat(registry.getMeters()).isEmpty();
    }
}
