package dev.jtask.protocol.topology;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.topology.DelayTopology.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTopologyTest {

    @Test
    void aDelayIsInTheRoutingKeyAsCeleryWritesIt() {
        var route = DelayTopology.route("qq", Duration.ofMillis(3900));

        assertThat(route.exchange()).isEqualTo("celery_delayed_27");
        assertThat(route.routingKey()).isEqualTo("0.".repeat(26) + "1.1.qq");
        assertThat(DelayTopology.queue(route.routingKey())).isEqualTo("qq");
        assertThat(DelayTopology.delay(route.routingKey())).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 59, 3600, 86_399, 134_217_728, 268_435_455})
    void aMessageWaitsForTheLevelsThatAddUpToItsDelay(long seconds) {
        assertThat(waited(DelayTopology.route("celery", Duration.ofSeconds(seconds))
                        .routingKey()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aDelayThatIsTooLongWaitsAsLongAsItCan() {
        assertThat(DelayTopology.route("q", Duration.ofDays(10_000)))
                .isEqualTo(DelayTopology.route("q", Duration.ofSeconds(DelayTopology.MAX_SECONDS)));
        assertThat(DelayTopology.route("q", Duration.ofSeconds(-5))).isEqualTo(DelayTopology.route("q", Duration.ZERO));
    }

    @Test
    void aQueueGetsItsOwnMessagesAndNotThoseOfALongerName() {
        var toOrders = DelayTopology.route("orders", Duration.ofSeconds(5)).routingKey();
        var toEuOrders = DelayTopology.route("eu.orders", Duration.ofSeconds(5)).routingKey();

        assertThat(fits(DelayTopology.bindingKey("orders"), toOrders)).isTrue();
        assertThat(fits(DelayTopology.bindingKey("eu.orders"), toEuOrders)).isTrue();
        assertThat(fits(DelayTopology.bindingKey("orders"), toEuOrders)).isFalse();
        assertThat(fits(DelayTopology.bindingKey("eu.orders"), toOrders)).isFalse();
        // what Celery binds with, for comparison
        assertThat(fits("#.orders", toEuOrders)).isTrue();
    }

    @Test
    void theLevelsAreDeclaredAsCeleryDeclaresThem() {
        var levels = DelayTopology.levels();

        assertThat(levels)
                .extracting(Level::name)
                .startsWith("celery_delayed_27")
                .endsWith("celery_delayed_0");
        assertThat(levels)
                .extracting(Level::below)
                .startsWith("celery_delayed_26")
                .endsWith("celery_delayed_delivery");
        assertThat(levels.get(24).queueArguments())
                .containsOnly(
                        entry("x-queue-type", "quorum"),
                        entry("x-overflow", "reject-publish"),
                        entry("x-dead-letter-strategy", "at-least-once"),
                        entry("x-dead-letter-exchange", "celery_delayed_2"),
                        entry("x-message-ttl", 8000L));
    }

    /// Lets a message fall through the levels.
    private static Duration waited(String key) {
        var waited = Duration.ZERO;
        for (var level : DelayTopology.levels()) {
            boolean waits = fits(level.waitingKey(), key);
            assertThat(fits(level.passingKey(), key)).isNotEqualTo(waits);
            if (waits) {
                waited = waited.plusMillis((Long) level.queueArguments().getOrDefault("x-message-ttl", 0L));
            }
        }
        return waited;
    }

    private static boolean fits(String binding, String key) {
        return fits(List.of(binding.split("\\.")), List.of(key.split("\\.")));
    }

    /// As a topic exchange matches: `*` is one word, `#` any number of them.
    private static boolean fits(List<String> binding, List<String> key) {
        if (binding.isEmpty()) {
            return key.isEmpty();
        }
        var rest = binding.subList(1, binding.size());
        var word = binding.get(0);
        if (word.equals("#") && fits(rest, key)) {
            return true;
        }
        if (key.isEmpty() || !List.of("#", "*", key.get(0)).contains(word)) {
            return false;
        }
        return fits(word.equals("#") ? binding : rest, key.subList(1, key.size()));
    }

    @Test
    void aNameThatNoDelayCanReachIsRefusedAtOnce() {
        for (var queue : List.of("*", "#", "a.#", "*.b", "a.*.b", "x".repeat(200))) {
            assertThatThrownBy(() -> DelayTopology.route(queue, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> DelayTopology.bindingKey(queue)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(DelayTopology.bindingKey("a*.b#c." + "x".repeat(192))).hasSize(255);
        assertThatThrownBy(() -> DeadLetters.queueFor("x".repeat(251))).hasMessageContaining("may have 250");
        assertThatThrownBy(() -> Suspects.queueFor("x".repeat(247))).hasMessageContaining("may have 246");
    }
}
