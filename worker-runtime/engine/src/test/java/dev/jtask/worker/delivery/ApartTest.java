package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.jtask.worker.fakes.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ApartTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeConnection connection = new FakeConnection();
    private final Destinations destination = new Destinations();
    private final List<QueueConsumer> begun = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final Apart apart = new Apart(connection::another, new Apart.Taking() {
        @Override
        public boolean begun(QueueConsumer consumer) {
            return wanted.get() && begun.add(consumer);
        }

        @Override
        public void failed(String queue, Exception why) {
            failed.add(queue);
        }
    });

    @Test
    void eachHasAConnectionOfItsOwn() {
        apart.begin("a", this::consuming);
        apart.begin("b", this::consuming);

        await().atMost(SOON).until(() -> begun.size() == 2);
        assertThat(begun.get(0).connection()).isNotSameAs(begun.get(1).connection());
        begun.forEach(Apart::end);
        assertThat(connection.further).noneMatch(FakeConnection::isOpen);
    }

    @Test
    void oneThatDoesNotAnswerIsTriedOnceAtATime() {
        var gate = new CountDownLatch(1);
        connection.before("basicConsume q", gate::await);
        apart.begin("a", this::consuming);
        apart.begin("a", this::consuming);
        await().atMost(SOON).until(() -> connection.count("basicConsume", "q") > 0);

        assertThat(connection.further).hasSize(1);
        apart.forgetAll();
        gate.countDown();
        await("nobody wants it")
                .atMost(SOON)
                .until(() -> !connection.further.getFirst().isOpen());
        assertThat(begun).isEmpty();
    }

    @Test
    void nothingStaysOpenOfWhatFailsOrIsNotWanted() {
        connection.refuse("basicConsume", "q", Ends.breakdown());
        apart.begin("a", this::consuming);
        await().atMost(SOON).until(() -> failed.contains("a"));
        assertThatThrownBy(() -> apart.open(this::consuming)).isInstanceOf(IOException.class);

        connection.allow("basicConsume", "q");
        wanted.set(false);
        apart.begin("a", this::consuming);
        await().atMost(SOON).until(() -> connection.further.size() == 3);
        await().atMost(SOON).until(() -> connection.further.stream().noneMatch(FakeConnection::isOpen));
    }

    @Test
    void anErrorLeavesNoQueueBehindForGood() {
        connection.refuse("basicConsume", "q", new InternalError("no native threads"));
        apart.begin("a", this::consuming);
        await().atMost(SOON).until(() -> failed.contains("a"));

        connection.allow("basicConsume", "q");
        apart.begin("a", this::consuming);
        await().atMost(SOON).until(() -> begun.size() == 1);
        begun.forEach(Apart::end);
    }

    private QueueConsumer consuming(Connection own) throws IOException {
        var consumer =
                new QueueConsumer(own.createChannel(), "q", 0, Map.of(), destination, destination, new SettableClock());
        consumer.adjust(1);
        return consumer;
    }
}
