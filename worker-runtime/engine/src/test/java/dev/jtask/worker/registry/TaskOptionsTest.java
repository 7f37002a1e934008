package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.task.Default;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an option of `@Task` says, and the sentence for one that says nothing.
class TaskOptionsTest {

    static class All {
        @Task(
                value = "all",
                queue = "slow",
                priority = 9,
                maxRetries = -1,
                retryFor = Exception.class,
                dontRetryFor = IOException.class,
                retryDelay = "1m30s",
                backoff = true,
                backoffCap = "1h",
                jitter = false,
                softTimeLimit = "5s",
                timeLimit = "10s",
                rateLimit = "10/m",
                maxConcurrent = 2,
                maxRate = "100/h",
                limitKey = "customer",
                ignoreResult = true,
                trackStarted = true,
                ackEarly = true,
                longRunning = true,
                keepFailed = true,
                expected = IOException.class)
        public void run(TaskContext context, int amount, @Default("\"nobody\"") String customer) {}
    }

    @Test
    void everyOptionIsTaken() {
        var options = Called.task(TaskClasses.of(new All()), "all").options();
        assertThat(options.queue()).isEqualTo("slow");
        assertThat(options.priority()).isEqualTo(9);
        assertThat(options.retries())
                .isEqualTo(new RetryPolicy(
                        -1,
                        new Backoff.Exponential(Duration.ofSeconds(90), Duration.ofHours(1)),
                        List.of(Exception.class),
                        List.of(IOException.class)));
        assertThat(options.softTimeLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.timeLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.rateLimit()).isEqualTo(RateLimit.parse("10/m"));
        assertThat(options.shared())
                .isEqualTo(new SharedLimits(
                        2, StartRate.parse("100/h"), new LimitKey("customer", 1, TextNode.valueOf("nobody"))));
        assertThat(options.traits()).containsExactlyInAnyOrder(TaskOptions.Trait.values());
        assertThat(options.expects(new IOException())).isTrue();
    }

    static class Delay {
        @Task(value = "bad.delay", retryDelay = "5 minutes")
        public void run() {}
    }

    static class Cap {
        @Task(value = "bad.cap", backoff = true, backoffCap = "")
        public void run() {}
    }

    static class Unused {
        @Task(value = "bad.unused", backoffCap = "10")
        public void run() {}
    }

    static class Soft {
        @Task(value = "bad.soft", softTimeLimit = "1.5s")
        public void run() {}
    }

    static class Hard {
        @Task(value = "bad.hard", timeLimit = "0s")
        public void run() {}
    }

    static class Order {
        @Task(value = "bad.order", softTimeLimit = "2m", timeLimit = "1m")
        public void run() {}
    }

    static class Rate {
        @Task(value = "bad.rate", rateLimit = "fast")
        public void run() {}
    }

    static class Negative {
        @Task(value = "bad.negative", maxConcurrent = -1)
        public void run() {}
    }

    static class Seldom {
        @Task(value = "bad.seldom", maxRate = "0.01/h")
        public void run() {}
    }

    static class Idle {
        @Task(value = "bad.idle", limitKey = "to")
        public void run(String to) {}
    }

    static class Elsewise {
        @Task(value = "bad.key", maxConcurrent = 1, limitKey = "customer")
        public void run(String to, String... more) {}
    }

    static class Rest {
        @Task(value = "bad.rest", maxRate = "1/s", limitKey = "more")
        public void run(String to, String... more) {}
    }

    static class Priority {
        @Task(value = "bad.priority", priority = 256)
        public void run() {}
    }

    static class Retries {
        @Task(value = "bad.retries", maxRetries = -2)
        public void run() {}
    }

    static class Years {
        @Task(value = "bad.years", retryDelay = "4000d")
        public void run() {}
    }

    static class Queue {
        @Task(value = "bad.queue", queue = " ")
        public void run() {}
    }

    static class Unnamed {
        @Task(" ")
        public void run() {}
    }

    @Test
    void aWrongOptionIsNamedWithItsTaskAndMethod() {
        refused(new Delay(), "bad.delay", "retryDelay = \"5 minutes\"", "30s, 5m");
        refused(new Cap(), "bad.cap", "backoffCap = \"\"");
        refused(new Unused(), "bad.unused", "backoffCap = \"10\"");
        refused(new Soft(), "bad.soft", "softTimeLimit = \"1.5s\"");
        refused(new Hard(), "bad.hard", "timeLimit = \"0s\"");
        refused(new Order(), "bad.order", "softTimeLimit", "longer than timeLimit");
        refused(new Rate(), "bad.rate", "rateLimit = \"fast\"", "10/s");
        refused(new Negative(), "bad.negative", "maxConcurrent = -1");
        refused(new Seldom(), "bad.seldom", "maxRate = \"0.01/h\"", "one start a day");
        refused(new Idle(), "bad.idle", "limitKey = \"to\" limits nothing", "maxConcurrent or maxRate");
        refused(new Elsewise(), "bad.key", "limitKey = \"customer\"", "write one of [to]");
        refused(new Rest(), "bad.rest", "limitKey = \"more\"", "write one of [to]");
        refused(new Priority(), "bad.priority", "priority", "256");
        refused(new Retries(), "bad.retries", "maxRetries", "-2");
        refused(new Years(), "bad.years", "retryDelay = \"4000d\"", "3106 days");
        refused(new Queue(), "bad.queue", "queue = \" \"");
    }

    static class Elsewhere {
        @Task(value = "elsewhere.run", queue = "${its.queue}")
        public void run() {}
    }

    @Test
    void theQueueMayBeAPropertyOfTheApplications() {
        var task = Called.task(TaskClasses.of(new Elsewhere()), "elsewhere.run");

        assertThat(task.resolved(text -> text.replace("${its.queue}", "mail"))
                        .options()
                        .queue())
                .isEqualTo("mail");
        assertThat(task.resolved(text -> "").options().queue())
                .as("a property without a value is as no queue")
                .isNull();
        assertThatThrownBy(() -> task.resolved(text -> {
                    throw new IllegalArgumentException("its.queue is not set");
                }))
                .hasMessage("the queue of task 'elsewhere.run': its.queue is not set");
        assertThatThrownBy(() -> task.resolved(text -> " ")).hasMessageContaining("the queue of task 'elsewhere.run'");
    }

    @Test
    void aTaskNeedsAName() {
        assertThatThrownBy(() -> TaskClasses.of(new Unnamed()))
                .hasMessageContaining("Unnamed.run")
                .hasMessageContaining("name");
        assertThatThrownBy(() -> TaskDefinition.of("a\nb", (args, kwargs, context) -> null))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> TaskDefinition.of("é".repeat(128), (args, kwargs, context) -> null))
                .hasMessageContaining("255");
    }

    @Test
    void optionsMadeInCodeAreCheckedToo() {
        assertThatThrownBy(() -> new Backoff.Fixed(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> new Backoff.Exponential(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> new Backoff.Jittered(Duration.ofDays(4000), Duration.ofSeconds(1)))
                .hasMessageContaining("3106 days");
        assertThatThrownBy(() -> new RateLimit("0", Duration.ZERO)).hasMessageContaining("interval");
        assertThatThrownBy(() -> TaskOptions.DEFAULT.withTimeLimits(Duration.ZERO, null))
                .hasMessageContaining("softTimeLimit");
        assertThatThrownBy(() -> TaskOptions.DEFAULT.withTimeLimits(null, Duration.ofSeconds(-5)))
                .hasMessageContaining("timeLimit");
    }

    private static void refused(Object tasks, String name, String... words) {
        assertThatThrownBy(() -> TaskClasses.of(tasks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task '%s'".formatted(name))
                .hasMessageContaining(tasks.getClass().getSimpleName() + ".run")
                .hasMessageContainingAll(words);
    }
}
