package dev.jtask.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.TaskContext.Redelivery;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskContextTest {

    @Test
    void isCurrentWhileItsTaskRuns() {
        var context = context("outer");

        assertThat(TaskContext.<TaskContext, RuntimeException>within(context, TaskContext::current))
                .isSameAs(context);
        assertThatIllegalStateException()
                .isThrownBy(TaskContext::current)
                .withMessage("no task runs on this thread; pass the TaskContext to threads of your own");
    }

    @Test
    void aTaskWithinATaskGivesTheThreadBack() {
        var outer = context("outer");

        var seen = TaskContext.<String, RuntimeException>within(outer, () -> {
            var inner = TaskContext.<String, RuntimeException>within(
                    context("inner"), () -> TaskContext.current().id());
            return inner + " in " + TaskContext.current().id();
        });

        assertThat(seen).isEqualTo("inner in outer");
    }

    @Test
    void aTaskThatThrowsLeavesNoContextBehind() {
        assertThatIOException()
                .isThrownBy(() -> TaskContext.<Void, IOException>within(context("outer"), () -> {
                    throw new IOException("disk full");
                }));

        assertThatIllegalStateException().isThrownBy(TaskContext::current);
    }

    @Test
    void anotherThreadHasNone() {
        var other = TaskContext.<CompletableFuture<TaskContext>, RuntimeException>within(
                context("outer"), () -> CompletableFuture.supplyAsync(TaskContext::current));

        assertThat(other).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aRetryThatNobodyWouldSeeIsRefused() {
        var context = context("any");
        var cause = new IOException("disk full");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.retry(Duration.ofSeconds(Long.MAX_VALUE), cause))
                .withMessageContaining("a hundred years at most")
                .withCause(cause);
        assertThat(context.retry(Duration.ofDays(36_525)).delay()).isEqualTo(Duration.ofDays(36_525));
    }

    @Test
    void aSignalIsOfTheTypeThatTheTaskAsksFor() {
        var context = hearing(TextNode.valueOf("2026-11-26"));

        assertThat(context.awaitSignal("day", LocalDate.class, Duration.ofDays(1)))
                .isEqualTo(LocalDate.of(2026, 11, 26));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.awaitSignal("day", Integer.class, Duration.ofDays(1)))
                .withMessageStartingWith("signal 'day' has a value that is no java.lang.Integer: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hearing(NullNode.instance).awaitSignal("day", String.class, Duration.ofDays(1)))
                .withMessage("signal 'day' has a value that is no java.lang.String: null");
    }

    @Test
    void nobodyWaitsForNoTimeOrForEver() {
        var context = hearing(TextNode.valueOf("any"));

        for (var time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.awaitSignal("any", String.class, time))
                    .withMessageContaining("above zero and a hundred years at most");
        }
    }

    @Test
    void noSignalReachesAContextWithoutAWorker() {
        assertThatThrownBy(() -> context("any").awaitSignal("any", String.class, Duration.ofDays(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("belongs to no worker");
    }

    private static TaskContext hearing(JsonNode value) {
        return new TaskContext(
                TaskMessage.builder("any", "t.any").build(),
                "celery",
                Redelivery.FIRST,
                null,
                new NoLinks(),
                (signal, atMost) -> value);
    }

    private static TaskContext context(String id) {
        return new TaskContext(
                TaskMessage.builder(id, "t.any").build(), "celery", Redelivery.FIRST, null, new NoLinks());
    }

    private static final class NoLinks implements TaskContext.Links {

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void report(String state, @Nullable Object meta) {
            throw new AssertionError("nothing is reported here");
        }

        @Override
        public void emit(@Nullable Object piece) {
            throw new AssertionError("nothing is emitted here");
        }

        @Override
        public String send(TaskRequest<?> request) {
            throw new AssertionError("nothing is sent here");
        }
    }
}
