package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckWindowTest {

    private static final Map<String, Duration> NEEDS =
            Map.of("task 't.hours'", Duration.ofHours(2), "the drain timeout", Duration.ofMinutes(5));

    @Test
    void withoutAnyWordHalfAnHourIsAssumed() {
        var window = connected("3.10.8", Optional.empty());

        assertThat(window.assumed()).isEqualTo(Duration.ofMinutes(30));
        assertThat(window.parkAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(window.lease()).isEqualTo(Duration.ofMinutes(10));
        assertThat(window.queueArguments()).isEmpty();
        assertThat(window.consumerArguments()).isEmpty();
    }

    @Test
    void aBrokerThatKnowsTheArgumentOfQueuesIsAskedForWhatTasksNeed() {
        var window = connected("3.12.1", Optional.empty());

        assertThat(window.queueArguments()).containsOnly(Map.entry("x-consumer-timeout", 7_260_000L));
        assertThat(window.consumerArguments()).isEmpty();
        assertThat(window.assumed()).as("the queue may have been there").isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aBrokerThatAsksItsConsumersKeepsToTheirWord() {
        var window = connected("4.3.1", Optional.empty());

        assertThat(window.consumerArguments()).containsOnly(Map.entry("x-consumer-timeout", 7_260_000L));
        assertThat(window.queueArguments()).isEmpty();
        assertThat(window.assumed()).isEqualTo(Duration.ofMinutes(121));
        assertThat(window.warning()).isEmpty();
    }

    @Test
    void neverAsksForLessThanTheBrokerAllowsAnyhow() {
        var window = new AckWindow(null, Map.of("the drain timeout", Duration.ofSeconds(30)));
        window.connected(BrokerVersion.parse("4.0.5"));

        assertThat(window.queueArguments()).containsValue(1_800_000L);
    }

    @Test
    void whatItIsToldHoldsUntilTheBrokerSaysOtherwise() {
        var window = connected("3.10.8", Optional.of(Duration.ofHours(3)));
        assertThat(window.assumed()).isEqualTo(Duration.ofHours(3));
        assertThat(window.warning()).isEmpty();

        window.learn(Duration.ofMinutes(1));
        assertThat(window.assumed()).isEqualTo(Duration.ofMinutes(1));
        assertThat(window.lease()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void learnsNothingFromABrokerThatDoesNotSayIt() {
        var window = connected("4.3.6", Optional.empty());
        window.learn(Duration.ZERO);
        assertThat(window.assumed()).isEqualTo(Duration.ofMinutes(121));
        assertThat(window.parkFetchedAfter()).as("nobody asked for these").isEqualTo(Duration.ofMinutes(15));

        window.learn(Duration.ofMillis(1));
        assertThat(window.assumed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aBrokerWithoutLimitMakesNothingLong() {
        var window = connected("4.1.0", Optional.of(Duration.ZERO));

        assertThat(window.parkAfter()).isZero();
        assertThat(window.queueArguments()).isEmpty();
        assertThat(window.warning()).isEmpty();
        assertThat(window.lease()).as("tasks that are declared long are parked").isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void warnsOfWhatTheBrokerWillNotHave() {
        assertThat(connected("3.10.8", Optional.empty()).warning())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("RabbitMQ 3.10.8", "30m", "task 't.hours' (2h)", "15m", "JTASK_CONSUMER_TIMEOUT")
                        .doesNotContain("the drain timeout"));
    }

    private static AckWindow connected(String version, Optional<Duration> told) {
        var window = new AckWindow(told.orElse(null), NEEDS);
        window.connected(BrokerVersion.parse(version));
        return window;
    }
}
