package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlowTasksTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final TaskRequest<JsonNode> SOON = TaskRequest.of("t.soon");
    private static final TaskRequest<JsonNode> LATER = SOON.countdown(Duration.ofHours(2));
    private static final TaskRequest<JsonNode> PAST = SOON.eta(NOW.minusSeconds(60));
    private static final TaskRequest<JsonNode> THEN = SOON.eta(NOW.plus(Duration.ofHours(3)));

    @Test
    void countdownsCountFromTheStepBefore() {
        assertThat(FlowTasks.due(SOON, NOW)).isEqualTo(NOW);
        assertThat(FlowTasks.due(PAST, NOW)).isEqualTo(NOW);
        assertThat(FlowTasks.due(Chain.of(LATER).then(SOON).then(LATER), NOW)).isEqualTo(NOW.plus(Duration.ofHours(4)));
        assertThat(FlowTasks.due(Chain.of(LATER).then(THEN), NOW)).isEqualTo(NOW.plus(Duration.ofHours(3)));
    }

    @Test
    void aGroupIsOverWithItsLatest() {
        assertThat(FlowTasks.due(Group.of(SOON, LATER).then(LATER), NOW)).isEqualTo(NOW.plus(Duration.ofHours(4)));
        assertThat(FlowTasks.due(Chain.of(Group.of(SOON, LATER)).then(SOON), NOW))
                .isEqualTo(NOW.plus(Duration.ofHours(2)));
    }
}
