package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskTimeoutException;
import dev.jtask.schedule.Schedule;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@JTaskTest
class TimeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TaskBean
    final Slow slow = new Slow();

    private Instant start = Instant.MIN;

    /// Tasks that take their time.
    public static class Slow {

        private final List<String> ran = new ArrayList<>();

        @Task(value = "slow.flaky", maxRetries = 3, retryFor = IllegalStateException.class)
        public void flaky() {
            throw new IllegalStateException("not today");
        }

        @Task(
                value = "slow.doubling",
                maxRetries = 4,
                retryFor = IllegalStateException.class,
                retryDelay = "1m",
                backoff = true)
        public void doubling() {
            throw new IllegalStateException("not today");
        }

        @Task(value = "slow.limited", rateLimit = "1/m")
        public void limited(String name) {
            ran.add(name);
        }

        @Task(value = "slow.shared", maxConcurrent = 1, maxRate = "2/h", limitKey = "name")
        public void shared(String name, int number) {
            ran.add(name + number);
        }

        @Task(value = "slow.short", timeLimit = "200ms")
        public void tooLong() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Task("slow.tick")
        public void tick(TaskContext context) {
            ran.add("tick");
        }

        @Task("slow.nop")
        public void nop() {}
    }

    @BeforeEach
    void look(JTask jtask) {
        start = jtask.now();
    }

    @Test
    void standsUnlessSomebodyLetsItPass(TaskClient client, JTask jtask) {
        client.send("slow.nop").get(HOUR);

        assertThat(jtask.now()).isEqualTo(start);
    }

    @Test
    void nineMinutesOfRetriesTakeNone(TaskClient client, JTask jtask) {
        long began = System.nanoTime();
        client.send("slow.flaky");

        jtask.advance(Duration.ofMinutes(3).minusSeconds(1));
        jtask.assertRun("slow.flaky").once();
        jtask.advance(Duration.ofSeconds(1));
        jtask.assertRun("slow.flaky").times(2);
        jtask.advance(Duration.ofMinutes(6));

        jtask.assertRun("slow.flaky")
                .failedWith(IllegalStateException.class)
                .attempt(4)
                .once();
        assertThat(jtask.now()).isEqualTo(start.plus(Duration.ofMinutes(9)));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void aJitteredDelayIsItsLongest(TaskClient client, JTask jtask) {
        client.send("slow.doubling");

        jtask.advance(HOUR);

        assertThat(jtask.runs("slow.doubling"))
                .extracting(TaskRun::at)
                .containsExactly(
                        start,
                        start.plusSeconds(60),
                        start.plusSeconds(180),
                        start.plusSeconds(420),
                        start.plusSeconds(900));
    }

    @Test
    void waitingForAResultIsTimeThatPasses(TaskClient client, JTask jtask) {
        var later = client.send(TaskRequest.of("slow.nop").countdown(HOUR));

        assertThatThrownBy(() -> later.get(Duration.ofMinutes(5))).isInstanceOf(TaskTimeoutException.class);
        assertThat(jtask.now()).isEqualTo(start.plus(Duration.ofMinutes(5)));

        later.get(HOUR);
        assertThat(jtask.now()).isEqualTo(start.plus(HOUR));
    }

    @Test
    void aGroupIsWaitedForNoLongerThanItsTime(TaskClient client, JTask jtask) {
        var group = client.send(group(Duration.ofMinutes(3), HOUR));

        assertThatThrownBy(() -> group.get(Duration.ofMinutes(5)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("after PT5M");
        assertThat(jtask.now()).isEqualTo(start.plus(Duration.ofMinutes(5)));

        group.get(HOUR);
        assertThat(jtask.now()).isEqualTo(start.plus(HOUR));
    }

    @Test
    void timePassesForWhatIsChainedToAGroup(TaskClient client, JTask jtask) {
        var group = client.send(group(Duration.ofSeconds(1), Duration.ofSeconds(9)));

        assertThat(group.onComplete()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(jtask.now()).isEqualTo(start.plusSeconds(9));
    }

    private static Group<JsonNode> group(Duration first, Duration second) {
        return Group.of(
                TaskRequest.of("slow.nop").countdown(first),
                TaskRequest.of("slow.nop").countdown(second));
    }

    @Test
    void anEtaIsTheTestsTime(TaskClient client, JTask jtask) {
        jtask.advance(Duration.ofDays(3));
        client.send(TaskRequest.of("slow.nop").eta(jtask.now().plus(HOUR)));

        jtask.advance(HOUR.minusMillis(1));
        assertThat(jtask.runs()).isEmpty();
        assertThat(jtask.waiting())
                .singleElement()
                .satisfies(waiting ->
                        assertThat(waiting.due()).isEqualTo(jtask.now().plusMillis(1)));
        jtask.advance(Duration.ofMillis(1));
        jtask.assertRun("slow.nop").succeeded().once();
    }

    @Test
    void schedulesSendInTheirTime(JTask jtask) {
        jtask.schedule(Schedule.every("tick", Duration.ofMinutes(10), TaskRequest.of("slow.tick")));

        jtask.advance(HOUR);

        assertThat(slow.ran).hasSize(6);
        assertThat(jtask.sent("slow.tick"))
                .extracting(SentTask::at)
                .startsWith(start.plus(Duration.ofMinutes(10)))
                .hasSize(6);
    }

    @Test
    void aRateLimitHoldsInIt(TaskClient client, JTask jtask) {
        List.of("a", "b", "c").forEach(name -> client.send("slow.limited", name));

        jtask.runDue();
        assertThat(slow.ran).containsExactly("a");
        jtask.advance(Duration.ofMinutes(1));
        assertThat(slow.ran).containsExactly("a", "b");
        jtask.advance(HOUR);
        assertThat(slow.ran).containsExactly("a", "b", "c");
    }

    @Test
    void aRateThatWorkersShareHoldsInItForEachKey(TaskClient client, JTask jtask) {
        List.of(1, 2, 3).forEach(number -> client.send("slow.shared", "a", number));
        client.send("slow.shared", "b", 1);

        jtask.runDue();
        assertThat(slow.ran).containsExactly("a1", "a2", "b1");
        jtask.advance(Duration.ofMinutes(59));
        assertThat(slow.ran).hasSize(3);
        jtask.advance(Duration.ofMinutes(3));
        assertThat(slow.ran).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void timeLimitsAreReal(TaskClient client) {
        var tooLong = client.send("slow.short");

        assertThatThrownBy(() -> tooLong.get(HOUR)).hasMessageContaining("TimeLimitExceeded");
    }

    @Test
    void aTaskThatWasRevokedDoesNotRun(TaskClient client, JTask jtask) {
        var tick = client.send(TaskRequest.of("slow.tick").countdown(HOUR));
        tick.revoke();

        jtask.advance(HOUR);

        assertThat(tick.status()).isEqualTo("REVOKED");
        assertThat(slow.ran).isEmpty();
    }

    @Test
    void aDeadLetterThatIsSentBackRunsAgain(TaskClient client, JTask jtask) {
        var id = client.send("slow.unknown").id();
        jtask.runDue();

        client.deadLetters("celery").sendBack(id);
        assertThat(jtask.deadLetters()).isEmpty();
        jtask.runDue();

        jtask.assertRun("slow.unknown").refused().times(2);
        jtask.assertDeadLetter("slow.unknown");
    }

    @Test
    void otherRemoteControlIsRefused(TaskClient client) {
        assertThatThrownBy(() -> client.workers().ping())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("run this test @OnRabbitMq");
    }

    @Test
    void aTaskMayWaitForAnotherTask(TaskClient client, JTask jtask) {
        jtask.task(
                "slow.outer",
                String.class,
                text -> client.send("slow.inner", text).get(HOUR).asText());
        jtask.task("slow.inner", String.class, text -> text + "!");

        assertThat(client.send("slow.outer", "oh").get(HOUR).asText()).isEqualTo("oh!");
    }

    @Test
    void doesNotGoBack(JTask jtask) {
        assertThatThrownBy(() -> jtask.advance(Duration.ofSeconds(-1))).hasMessageContaining("time does not go back");
    }
}
