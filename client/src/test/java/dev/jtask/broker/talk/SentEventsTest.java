package dev.jtask.broker.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T15:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeLine line = new FakeLine();
    private final AtomicInteger ends = new AtomicInteger();
    private final SentEvents events =
            new SentEvents("gen7@here", line, Clock.fixed(NOW, ZoneOffset.UTC), ends::incrementAndGet);
    private CompletableFuture<@Nullable Void> answer = CompletableFuture.completedFuture(null);
    private final Outgoing way = events.around((parcel, patience) -> answer);

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void aTaskIsToldOnceTheBrokerHasIt() {
        answer = new CompletableFuture<>();
        var sent = send(Parcel.tasks(Route.toQueue("math"), message("a")));
        assertThat(sent).isNotDone();
        assertThat(line.events).isEmpty();

        answer.complete(null);

        await().atMost(SOON).until(() -> line.events.size() == 1);
        assertThat(line.routes).containsExactly(new Route("celeryev", "task.sent"));
        assertThat(line.events.get(0))
                .returns("task-sent", Event::type)
                .returns(NOW, Event::time)
                .returns("gen7@here", event -> event.origin().node())
                .returns("a", event -> event.fields().path("uuid").textValue())
                .returns("math", event -> event.fields().path("queue").textValue());
    }

    @Test
    void whatTheBrokerDoesNotTakeIsNotTold() {
        answer = CompletableFuture.failedFuture(new IllegalStateException("full"));
        assertThat(send(Parcel.tasks(Route.toQueue("math"), message("a")))).isCompletedExceptionally();
        answer = CompletableFuture.completedFuture(null);
        sends(Parcel.tasks(Route.toQueue("math"), message("b")));

        await().atMost(SOON).until(() -> line.events.size() == 1);
        assertThat(line.events.get(0).fields().path("uuid").textValue()).isEqualTo("b");
    }

    @Test
    void whatIsNoTaskOnItsFirstWayIsNotTold() {
        sends(Parcel.reply("math", message("again")));
        sends(Parcel.plain("math.dead", message("dead")));
        sends(Parcel.delayed("math", message("later"), Duration.ofMinutes(1)));

        await().atMost(SOON).until(() -> line.events.size() == 1);
        assertThat(line.events.get(0))
                .returns("later", event -> event.fields().path("uuid").textValue())
                .returns("math", event -> event.fields().path("queue").textValue());
    }

    @Test
    void whatIsSentBeforeThereIsAWayWaitsForIt() {
        line.open = false;
        sends(Parcel.tasks(Route.toQueue("math"), message("a")));
        line.open = true;

        await().atMost(SOON).until(() -> line.events.size() == 1);
    }

    @Test
    void oneThatIsLostStopsNoOther() {
        line.lost = true;
        sends(Parcel.tasks(Route.toQueue("math"), message("a")));
        sends(Parcel.tasks(Route.toQueue("math"), message("b")));

        await().atMost(SOON).until(() -> line.events.size() == 1);
        assertThat(line.events.get(0).fields().path("uuid").textValue()).isEqualTo("b");
    }

    @Test
    void moreThanTheBufferHoldsIsDropped() {
        line.open = false;
        for (int i = 0; i < 10_100; i++) {
            sends(Parcel.tasks(Route.toQueue("math"), message("a")));
        }
        line.open = true;
        events.close();

        assertThat(line.events).hasSizeBetween(1, 10_001);
    }

    @Test
    void theLastOnesAreToldBeforeTheEnd() {
        sends(Parcel.tasks(Route.toQueue("math"), message("a")));
        events.close();

        assertThat(line.events).hasSize(1);
        assertThat(ends).hasValue(1);
        sends(Parcel.tasks(Route.toQueue("math"), message("b")));
        assertThat(line.events).hasSize(1);
    }

    private void sends(Parcel parcel) {
        assertThat(send(parcel)).isCompleted();
    }

    private CompletableFuture<@Nullable Void> send(Parcel parcel) {
        return way.send(parcel, Patience.ENDLESS);
    }

    private static WireMessage message(String id) {
        return TaskCodec.encode(TaskMessage.builder(id, "t.add").build(), NOW);
    }
}
