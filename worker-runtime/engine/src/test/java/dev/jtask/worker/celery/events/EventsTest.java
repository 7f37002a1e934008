package dev.jtask.worker.celery.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.event.WorkerEvent;
import dev.jtask.protocol.event.WorkerEvent.When;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.topology.EventExchange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-04T12:00:00Z"), ZoneOffset.UTC);

    private final FakeLine line = new FakeLine();
    private final AtomicInteger failures = new AtomicInteger();
    private final LamportClock lamport = new LamportClock();
    private final Events events = new Events("pool@pod-1", lamport, NOON, this::figures, line);

    @AfterEach
    void stop() {
        line.release.countDown();
        events.close();
    }

    @Test
    void sendsTaskEventsInBatchesOnceTheyAreWanted() {
        events.task(new TaskEvent.Started(), "before");
        events.wantTasks(true);
        assertThat(events.isTasksWanted()).isTrue();
        events.task(new TaskEvent.Started(), "one");
        events.task(new TaskEvent.Succeeded(TextNode.valueOf("x"), Duration.ofMillis(1_500)), "one");
        events.start();
        await(() -> line.events.size() >= 2);
        assertThat(line.routes).contains(EventExchange.route(EventExchange.BATCH));
        assertThat(line.types()).containsExactly("task-started", "task-succeeded");
        var done = line.events.getLast();
        assertThat(done.fields().path("uuid").textValue()).isEqualTo("one");
        assertThat(done.fields().path("result").textValue()).isEqualTo("'x'");
        assertThat(done.fields().path("runtime").doubleValue()).isEqualTo(1.5);
        assertThat(done.origin().node()).isEqualTo("pool@pod-1");
        assertThat(done.time()).isEqualTo(NOON.instant());
        assertThat(line.events).extracting(event -> event.clock()).containsExactly(1L, 2L);
    }

    @Test
    void beatsByItselfAndWhenItIsAsked() {
        events.start();
        events.heartbeat();
        await(() -> line.types().contains("worker-heartbeat"));
        await(() -> line.types().size() >= 2);
        assertThat(line.types()).containsOnly("worker-heartbeat");
        assertThat(line.routes).containsOnly(EventExchange.route("worker-heartbeat"));
        assertThat(line.events.getFirst().fields().path("active").intValue()).isEqualTo(3);
    }

    @Test
    void sendsWhatIsLeftAndSaysGoodbye() {
        events.wantTasks(true);
        for (int i = 0; i < 500; i++) {
            events.task(new TaskEvent.Started(), "task-" + i);
        }
        events.start();
        events.close();
        await(() -> line.types().contains("worker-offline"));
        assertThat(line.types()).hasSize(501).endsWith("worker-offline");
    }

    @Test
    void survivesFiguresThatCannotBeHad() {
        failures.set(2);
        events.start();
        events.heartbeat();
        events.heartbeat();
        events.heartbeat();
        await(() -> line.types().contains("worker-heartbeat"));
        assertThat(failures).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void losesEventsWithTheConnectionAndGoesOn() {
        line.lost = true;
        events.wantTasks(true);
        events.task(new TaskEvent.Started(), "lost");
        events.start();
        events.heartbeat();
        Awaitility.await("the loss").atMost(SOON).until(() -> lamport.now() >= 2);
        line.lost = false;
        events.task(new TaskEvent.Started(), "kept");
        await(() -> line.types().contains("task-started"));
        assertThat(line.events)
                .extracting(event -> event.fields().path("uuid").asText())
                .contains("kept")
                .doesNotContain("lost");
    }

    @Test
    void neitherAsksForFiguresNorSendsWhileTheLineIsClosed() {
        line.open = false;
        failures.set(1_000);
        events.start();
        events.heartbeat();
        events.wantTasks(true);
        events.task(new TaskEvent.Started(), "one");
        events.close();
        assertThat(line.events).isEmpty();
        assertThat(failures).hasValue(1_000);
    }

    @Test
    void aBrokerThatHangsHoldsUpNeitherTasksNorTheEnd() throws InterruptedException {
        line.hanging = true;
        events.wantTasks(true);
        events.start();
        events.task(new TaskEvent.Started(), "first");
        assertThat(line.hung.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 25_000; i++) {
            events.task(new TaskEvent.Started(), "task-" + i);
        }
        for (int i = 0; i < 100; i++) {
            events.heartbeat();
        }
        long began = System.nanoTime();
        events.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        line.hanging = false;
        line.release.countDown();
        await(() -> line.types().contains("worker-offline"));
        assertThat(line.events).as("a bounded number was kept").hasSizeBetween(10_000, 10_050);
    }

    @Test
    void keepsABoundedAmountOfText() {
        events.wantTasks(true);
        var trace = "x".repeat(1024 * 1024);
        for (int i = 0; i < 100; i++) {
            events.task(new TaskEvent.Failed(new RemoteError("E", List.of(), ""), trace), "task-" + i);
        }
        events.start();
        events.close();
        await(() -> line.types().contains("worker-offline"));
        assertThat(line.routes).as("a message is never large").hasSizeGreaterThan(5);
        assertThat(line.types().stream().filter("task-failed"::equals)).hasSizeBetween(10, 16);
    }

    private WorkerEvent figures(When when) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("no figures at the moment");
        }
        return new WorkerEvent(when, 3, 7, List.of(0.1, 0.2, 0.3), "dev", "Linux");
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(SOON).until(condition);
    }
}
