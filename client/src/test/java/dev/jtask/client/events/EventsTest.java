package dev.jtask.client.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Event.Origin ORIGIN = new Event.Origin("w1@h", 12, 0);

    private final FakeSource source = new FakeSource();
    private final Events events = new Events(source);
    private final List<String> told = new CopyOnWriteArrayList<>();

    /// Where a test says what comes.
    private static final class FakeSource implements EventSource {

        private final List<List<String>> asked = new ArrayList<>();
        private final List<Ear> ears = new CopyOnWriteArrayList<>();

        @Override
        public Runnable listen(List<String> keys, Ear ear) {
            asked.add(keys);
            ears.add(ear);
            return () -> ears.remove(ear);
        }

        void tell(String... ids) {
            var batch = Stream.of(ids)
                    .map(id -> Event.of(new TaskEvent.Started(), id, ORIGIN, Instant.EPOCH, 1))
                    .toList();
            ears.forEach(ear -> ear.hear(EventCodec.encode(batch)));
        }

        void say(String body) {
            ears.forEach(ear -> ear.hear(new WireMessage(
                    WireProperties.json(WireProperties.TRANSIENT, Map.of()), body.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void theEventsOfABatchAreToldOneByOne() {
        events.listen(this::note);

        source.tell("a", "b");
        source.tell("c");

        await("a", "b", "c");
    }

    @Test
    void oneAsksForWhatOneWants() {
        events.listen(this::note);
        events.tasks().listen(this::note);
        events.workers().listen(this::note);
        events.keys("task.multi", "worker.online").listen(this::note);

        assertThat(source.asked)
                .containsExactly(
                        List.of("#"), List.of("task.#"), List.of("worker.#"), List.of("task.multi", "worker.online"));
        assertThatIllegalArgumentException().isThrownBy(events::keys);
        assertThatIllegalArgumentException().isThrownBy(() -> events.buffer(0));
    }

    @Test
    void whatIsNoEventIsCountedAndTheNextOneIsTold() {
        var receiver = events.listen(this::note);

        source.say("[1,{},");
        source.say("[1,{}]");
        source.ears.forEach(ear -> ear.unreadable("too large"));
        source.tell("a");

        await("a");
        assertThat(receiver.unreadable()).isEqualTo(4);
    }

    @Test
    void aListenerThatThrowsHearsTheNext() {
        events.listen(event -> {
            note(event);
            if (told.size() == 1) {
                throw new IllegalStateException("no such order");
            }
            if (told.size() == 2) {
                Thread.currentThread().interrupt();
                throw new AssertionError("neither");
            }
        });

        source.tell("a", "b", "c");

        await("a", "b", "c");
    }

    @Test
    void aSlowListenerHoldsUpNobodyAndLosesTheOldest() throws InterruptedException {
        var holds = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        var receiver = events.buffer(2).listen(event -> {
            note(event);
            held.countDown();
            awaitQuietly(holds);
        });
        source.tell("a");
        held.await();

        source.tell("b", "c", "d", "e");

        assertThat(receiver.dropped()).isEqualTo(2);
        holds.countDown();
        await("a", "d", "e");
    }

    @Test
    void aClosedReceiverTellsNothing() {
        var receiver = events.listen(this::note);
        var ear = source.ears.get(0);
        source.tell("a");
        await("a");

        receiver.close();
        receiver.close();
        ear.hear(EventCodec.encode(Event.of(new TaskEvent.Started(), "b", ORIGIN, Instant.EPOCH, 1)));

        assertThat(source.ears).isEmpty();
        assertThat(told).containsExactly("a");
    }

    @Test
    void theEndOfTheClientEndsAllOfThem() {
        events.listen(this::note);
        events.tasks().listen(this::note);

        events.close();

        assertThat(source.ears).isEmpty();
    }

    @Test
    void aListenerMayEndItself() {
        var receivers = new CopyOnWriteArrayList<EventReceiver>();
        var begun = new CountDownLatch(1);
        receivers.add(events.listen(event -> {
            awaitQuietly(begun);
            receivers.get(0).close();
            note(event);
        }));
        begun.countDown();

        source.tell("a", "b");

        await("a");
        assertThat(source.ears).isEmpty();
    }

    @Test
    void whoCannotListenIsToldWhy() {
        EventSource refusing = (keys, ear) -> {
            throw new IOException("access to exchange 'celeryev' refused");
        };

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new Events(refusing).listen(this::note))
                .withMessage("access to exchange 'celeryev' refused");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> new Events(EventSource.none("no broker here")).listen(this::note))
                .withMessage("no broker here");
    }

    private void note(CeleryEvent event) {
        if (event instanceof CeleryEvent.OfTask ofTask) {
            told.add(ofTask.taskId());
        }
    }

    private void await(String... ids) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactly(ids));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
