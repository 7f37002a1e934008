package dev.jtask.operator.depth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AmqpDepthsTest {

    private final FakeLine broker = new FakeLine().answers("orders", new Answer.Waiting(7));
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private boolean leads = true;
    private final AmqpDepths depths =
            new AmqpDepths(FakeSecrets.USABLE.secret().amqp(), broker, () -> leads, Runnable::run, clock);

    @Test
    void connectsBesideTheFirstCountAndCountsFromTheSecondOn() {
        assertThat(depths.count(List.of("orders"))).isEmpty();
        assertThat(depths.count(List.of("orders"))).isEqualTo(Map.of("orders", 7L));
        assertThat(broker.opened()).isEqualTo(1);
    }

    @Test
    void leavesAMissingQueueOutAndAloneForAWhile() {
        depths.count(List.of());
        assertThat(depths.count(List.of("gone", "orders"))).containsOnlyKeys("orders");
        depths.count(List.of("gone", "orders"));
        assertThat(broker.asked()).containsExactly("gone", "orders", "orders");

        broker.answers("gone", new Answer.Waiting(3));
        clock.forward(Duration.ofSeconds(10));
        assertThat(depths.count(List.of("gone"))).isEqualTo(Map.of("gone", 3L));
    }

    @Test
    void leavesARefusedQueueAloneForLonger() {
        broker.answers("secret", new Answer.Refused("ACCESS_REFUSED"));
        depths.count(List.of());
        for (int second = 0; second < 60; second++) {
            assertThat(depths.count(List.of("secret"))).isEmpty();
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(broker.asked()).hasSize(1);

        depths.count(List.of("secret"));
        assertThat(broker.asked()).hasSize(2);
    }

    @Test
    void aBrokerThatLetsNobodyInIsTriedLessAndLessOften() {
        broker.refuse();

        assertThat(tries()).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void aBrokerThatIsNotThereIsTriedEveryFewSeconds() {
        broker.goAway();

        assertThat(tries()).startsWith(0L, 1L, 3L, 7L, 12L, 17L, 22L).endsWith(97L);
    }

    /// When it is connected to, in a hundred seconds.
    private List<Long> tries() {
        var tried = new ArrayList<Long>();
        for (long second = 0; second <= 100; second++) {
            int before = broker.opened();
            assertThat(depths.count(List.of("orders"))).isEmpty();
            if (broker.opened() > before) {
                tried.add(second);
            }
            clock.forward(Duration.ofSeconds(1));
        }
        return tried;
    }

    @Test
    void aBrokerThatIsBackIsCountedAtAgain() {
        depths.count(List.of());
        broker.goAway();
        assertThat(depths.count(List.of("orders"))).isEmpty();
        assertThat(broker.closed()).as("lines that are of no use").isEqualTo(1);

        broker.comeBack();
        clock.forward(Duration.ofSeconds(1));
        depths.count(List.of("orders"));
        assertThat(depths.count(List.of("orders"))).isEqualTo(Map.of("orders", 7L));
    }

    @Test
    void aQueueOfWhichTheBrokerSaysNothingHoldsUpNoOther() {
        broker.isSilentAbout("down");
        int counted = 0;
        for (int second = 0; second < 50; second++) {
            counted += depths.count(List.of("down", "orders")).size();
            clock.forward(Duration.ofSeconds(1));
        }

        assertThat(counted).isGreaterThan(40);
        assertThat(broker.asked().stream().filter("down"::equals)).hasSize(2);
    }

    @Test
    void withoutTheLeaseNobodyIsConnectedToOrAsked() {
        leads = false;
        depths.count(List.of("orders"));
        assertThat(broker.opened()).isZero();

        leads = true;
        depths.count(List.of("orders"));
        leads = false;
        assertThat(depths.count(List.of("orders"))).isEmpty();
        assertThat(broker.asked()).isEmpty();
    }

    @Test
    void stopsAfterASecond() {
        var slow = slow();
        var queues = queuesWithOne(100);

        assertThat(slow.count(queues)).as("of a hundred").hasSizeBetween(2, 99);
    }

    @Test
    void beginsWithThoseThatThereWasNoTimeFor() {
        var slow = slow();
        var queues = queuesWithOne(200);
        var counted = new ArrayList<String>();
        for (int look = 0; look < 7; look++) {
            counted.addAll(slow.count(queues).keySet());
            // between looks some of them alone are counted, and there is no time for all of these either
            slow.count(queues.subList(0, 100));
        }

        assertThat(counted).containsAll(queues);
    }

    @Test
    void takesLeaveOfABrokerAlsoWhenItIsStillBeingConnectedTo() {
        var tasks = new ArrayList<Runnable>();
        var late = new AmqpDepths(FakeSecrets.USABLE.secret().amqp(), broker, () -> leads, tasks::add, clock);
        late.count(List.of("orders"));
        late.close();
        tasks.removeFirst().run();
        tasks.removeFirst().run();

        assertThat(broker.closed()).isEqualTo(1);
        late.count(List.of("orders"));
        assertThat(tasks).isEmpty();
    }

    /// Of a broker for which a second is too short.
    private AmqpDepths slow() {
        var slow = new AmqpDepths(
                FakeSecrets.USABLE.secret().amqp(),
                access -> new Slow(broker, clock),
                () -> leads,
                Runnable::run,
                clock);
        slow.count(List.of());
        return slow;
    }

    private List<String> queuesWithOne(int number) {
        var queues = IntStream.range(0, number).mapToObj(i -> "q" + i).toList();
        queues.forEach(queue -> broker.answers(queue, new Answer.Waiting(1)));
        return queues;
    }

    /// Takes six tenths of a second for each portion.
    private record Slow(Line line, SettableClock clock) implements Line {

        @Override
        public void count(List<String> queues, BiConsumer<String, Answer> told) throws IOException {
            clock.forward(Duration.ofMillis(600));
            line.count(queues, told);
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
