package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.worker.celery.events.LamportClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerCommandsTest {

    private final FakeTasks tasks = new FakeTasks();
    private final LamportClock lamport = new LamportClock();
    private final PeerCommands peers = new PeerCommands(Samples.NODE, tasks, lamport);

    @Test
    void exchangesWhatIsRevoked() {
        tasks.revoke(List.of("ours"));
        var before = System.nanoTime() / 1e9;
        var answer =
                hello("{'from_node': 'other@x', 'revoked': {'theirs': 12.5}}").orElseThrow();
        assertThat(answer.path("revoked").path("ours").doubleValue()).isBetween(before - 10.1, before - 9.0);
        assertThat(answer.path("clock").longValue()).isEqualTo(lamport.now());
        assertThat(tasks.revoked).containsOnlyKeys("ours", "theirs");
    }

    @Test
    void tellsRevokedStampsToThoseWhoStart() {
        tasks.stamps.add("tenant", List.of("a", "b"));
        var answer = hello("{'from_node': 'new@x', 'revoked': {}}").orElseThrow();
        assertThat(answer.path("revoked_stamps")).isEqualTo(Samples.json("{'tenant': ['a', 'b']}"));

        var started = new FakeTasks();
        new PeerCommands("new@x", started, lamport).merge(answer);

        assertThat(started.stamps.latest(10)).isEqualTo(Map.of("tenant", List.of("a", "b")));
    }

    @Test
    void passesOverWhatIsNoStamp() {
        for (int i = 0; i < 100; i++) {
            tasks.stamps.add("header" + i, List.of("7"));
        }
        peers.merge(Samples.json("{'revoked_stamps': {'header0': [1, {}, '%s', '8'], 'one-more': ['9'], 'header1': 5}}"
                .formatted("x".repeat(300))));
        peers.merge(Samples.json("{'revoked_stamps': ['a']}"));

        assertThat(tasks.stamps.latest(1_000))
                .hasSize(100)
                .containsEntry("header0", List.of("7", "8"))
                .containsEntry("header1", List.of("7"));
    }

    @Test
    void doesNotAnswerItself() {
        assertThat(hello("{'from_node': 'pool@pod-1', 'revoked': {'x': 1}}")).isEmpty();
        assertThat(tasks.revoked).isEmpty();
    }

    @Test
    void isAChangeOnlyWhenItBringsIds() {
        assertThat(isChange("{'from_node': 'other@x', 'revoked': {}}")).isFalse();
        assertThat(isChange("{'from_node': 'other@x'}")).isFalse();
        assertThat(isChange("{'from_node': 'pool@pod-1', 'revoked': {'x': 1}}")).isFalse();
        assertThat(isChange("{'from_node': 'other@x', 'revoked': {'x': 1}}")).isTrue();
        assertThat(isChange("{'from_node': 'other@x', 'revoked_stamps': {'x': ['1']}}"))
                .isTrue();
    }

    @Test
    void leavesOutWhatIsNobodysId() {
        peers.merge(Samples.json("{'revoked': {'%s': 1, 'good': 2}}".formatted("x".repeat(300))));
        assertThat(tasks.revoked).containsOnlyKeys("good");
        peers.merge(Samples.json("{'revoked': ['a']}"));
        peers.merge(Samples.json("{'error': 'no'}"));
        assertThat(tasks.revoked).containsOnlyKeys("good");
    }

    @Test
    void whatIsKnownKeepsItsAge() {
        tasks.revoked.put("old", Duration.ofHours(2));
        peers.merge(Samples.json("{'revoked': {'old': 1, 'new': 2}}"));

        assertThat(tasks.revoked).containsEntry("old", Duration.ofHours(2)).containsKey("new");
    }

    @Test
    void itsClockOutlivesAPeersLie() {
        peers.merge(Samples.json("{'clock': %d}".formatted(Long.MAX_VALUE)));
        assertThat(lamport.now()).isBetween(0L, 10L);
    }

    @Test
    void asksUnderItsOwnName() {
        assertThat(peers.question()).isEqualTo(Samples.json("{'from_node': 'pool@pod-1', 'revoked': {}}"));
    }

    private Optional<JsonNode> hello(String arguments) {
        return Samples.run(peers.all(), "hello", arguments);
    }

    private boolean isChange(String arguments) {
        return Samples.isChange(peers.all(), "hello", arguments);
    }
}
