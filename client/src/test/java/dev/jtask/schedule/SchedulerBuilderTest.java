package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told before a scheduler starts, and not each time that a task is due.
class SchedulerBuilderTest {

    private static final String NOWHERE = "amqp://127.0.0.1:1";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b"})
    void aNameIsWords(String name) {
        assertThatThrownBy(() -> Scheduler.builder(NOWHERE, name)).hasMessageContaining("needs a name");
    }

    @Test
    void aNameIsShortEnoughForItsQueues() {
        assertThatThrownBy(() -> Scheduler.builder(NOWHERE, "s".repeat(231))).hasMessageContaining("230 bytes at most");
        assertThatCode(() -> Scheduler.builder(NOWHERE, "s".repeat(230))).doesNotThrowAnyException();
    }

    @Test
    void aTaskThatNoWorkerWouldReadIsToldAtTheStart() {
        var deep = IntStream.range(0, 120)
                .mapToObj(level -> TaskRequest.of("t.outer"))
                .reduce(TaskRequest.of("t.inner"), (inner, outer) -> outer.link(inner));
        var builder = Scheduler.builder(NOWHERE, "any").schedule(Schedule.every("deep", Duration.ofDays(1), deep));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nests more than 100 signatures");
    }
}
