package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventCommandsTest {

    private final FakeEvents events = new FakeEvents();

    @Test
    void switchesEventsOnAndOff() {
        assertThat(answer("disable_events")).isEqualTo("task events already disabled");
        assertThat(answer("enable_events")).isEqualTo("task events enabled");
        assertThat(events.wanted).isTrue();
        assertThat(answer("enable_events")).isEqualTo("task events already enabled");
        assertThat(answer("disable_events")).isEqualTo("task events disabled");
        assertThat(events.wanted).isFalse();
    }

    @Test
    void isAChangeOnlyWhenSomethingChanges() {
        assertThat(isChange("enable_events")).isTrue();
        assertThat(isChange("disable_events")).isFalse();
        events.wanted = true;
        assertThat(isChange("enable_events")).isFalse();
        assertThat(isChange("disable_events")).isTrue();
        assertThat(isChange("heartbeat")).isFalse();
    }

    @Test
    void sendsAHeartbeatWithoutAWord() {
        assertThat(Samples.run(EventCommands.of(events), "heartbeat", "{}")).isEmpty();
        assertThat(events.heartbeats).isEqualTo(1);
    }

    private boolean isChange(String method) {
        return Samples.isChange(EventCommands.of(events), method, "{}");
    }

    private String answer(String method) {
        return Samples.answer(EventCommands.of(events), method, "{}");
    }
}
