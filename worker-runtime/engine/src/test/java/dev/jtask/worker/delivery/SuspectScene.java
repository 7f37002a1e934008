package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/// A lane on a connection without a broker, whose limit is five deaths.
abstract class SuspectScene {

    static final Duration SOON = Duration.ofSeconds(60);
    static final String SUSPECTS = "q.suspects";

    final FakeConnection connection = new FakeConnection();
    final RecordingSender sender = new RecordingSender();
    final List<Delivery> refusedOnes = new CopyOnWriteArrayList<>();
    final List<Outcome.Refused> refusals = new CopyOnWriteArrayList<>();
    final List<Duration> timeouts = new CopyOnWriteArrayList<>();
    volatile Predicate<Delivery> known = delivery -> false;
    final AtomicInteger progressed = new AtomicInteger();
    final SuspectLane lane = new SuspectLane(
            connection.connection(),
            connection::another,
            sender,
            5,
            (delivery, refused) -> {
                refusedOnes.add(delivery);
                refusals.add(refused);
            },
            delivery -> known.test(delivery),
            timeouts::add,
            progressed::incrementAndGet,
            new Moves(),
            new SettableClock());

    @AfterEach
    void stop() {
        lane.stop();
    }

    void missing() {
        connection.refuse("queueDeclarePassive", SUSPECTS, Ends.refused(AMQP.NOT_FOUND, "NOT_FOUND"));
    }

    void suspect(String id, int count, boolean redelivered) {
        suspect(SUSPECTS, id, count, redelivered);
    }

    void suspect(String queue, String id, int count, boolean redelivered) {
        WireMessage message = Given.wire(Given.wire(Given.message(id)), Map.of(JtaskHeaders.REDELIVERIES, count));
        connection.add(queue, message, redelivered);
    }

    Delivery next() {
        return Objects.requireNonNull(lane.next());
    }

    FakeChannel channel() {
        return connection.channels.stream()
                .filter(FakeChannel::isOpen)
                .findFirst()
                .orElseThrow();
    }

    static String id(Delivery delivery) {
        return String.valueOf(delivery.message().properties().headers().get("id"));
    }
}
