package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<Life> lives = new CopyOnWriteArrayList<>();
    private final List<Long> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger losses = new AtomicInteger();
    private @Nullable Supervisor<Life> supervisor;

    @AfterEach
    void close() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    @Test
    void opensOneAndKeepsIt() {
        var kept = supervise(Life::new);

        await().atMost(SOON).until(() -> kept.present() != null);
        assertThat(kept.trouble()).isNull();
        assertThat(lives).hasSize(1);
        assertThat(losses).hasValue(0);
    }

    @Test
    void opensTheNextWhenOneIsLostAndTellsOfIt() {
        var kept = supervise(Life::new);
        await().atMost(SOON).until(() -> lives.size() == 1);
        lives.get(0).end();

        await().atMost(SOON).until(() -> lives.size() == 2 && kept.present() == lives.get(1));
        assertThat(losses).hasValue(1);
        assertThat(lives.get(0).aborted).as("nothing of it stays").isTrue();
    }

    @Test
    void goesOnWhateverAnOpeningThrows() {
        var tries = new AtomicInteger();
        var kept = supervise(() -> switch (tries.getAndIncrement()) {
            case 0 -> throw new IOException("refused");
            case 1 -> throw new IllegalStateException("unexpected");
            case 2 -> throw new OutOfMemoryError("no native threads");
            case 3 -> throw new StackOverflowError();
            default -> new Life();
        });

        await().atMost(SOON).until(() -> kept.present() != null);
        assertThat(tries).hasValue(5);
    }

    @Test
    void saysWhyThereIsNothing() {
        var kept = supervise(() -> {
            throw new IOException("cannot connect to broker amqp://nowhere");
        });

        await().atMost(SOON).until(() -> String.valueOf(kept.trouble()).contains("amqp://nowhere"));
        assertThat(kept.present()).isNull();
    }

    @Test
    void anInterruptOfWhoeverOpensEndsNothing() {
        var kept = supervise(() -> {
            if (opened.size() < 3) {
                Thread.currentThread().interrupt();
            }
            return new Life();
        });

        await().atMost(SOON).until(() -> lives.size() >= 3 && kept.present() == lives.get(lives.size() - 1));
        await().during(Duration.ofMillis(700)).atMost(SOON).until(() -> kept.present() != null);
    }

    @Test
    void anInterruptWhileItIsOpenedAndFailsEndsNothing() {
        var kept = supervise(() -> {
            if (opened.size() < 3) {
                Thread.currentThread().interrupt();
                throw new IOException("the connection is closed");
            }
            return new Life();
        });

        await().atMost(SOON).until(() -> kept.present() != null);
    }

    @Test
    void interruptsWithoutEndAreNoReasonToGoOnAtFullSpeed() {
        var kept = supervise(() -> {
            Thread.currentThread().interrupt();
            return new Life();
        });

        await().atMost(SOON).until(() -> opened.size() >= 3);
        long began = opened.get(0);
        await().atMost(SOON).until(() -> System.nanoTime() - began > TimeUnit.SECONDS.toNanos(1));
        kept.close();
        assertThat(opened).hasSizeLessThan(50);
    }

    @Test
    void whatEndsAtOnceIsNotOpenedAtFullSpeed() {
        var kept = supervise(() -> new Life().end());

        await().atMost(SOON).until(() -> opened.size() >= 5);
        kept.close();
        // 4 pauses that double, the first at least half of 100 ms
        assertThat(Duration.ofNanos(opened.get(4) - opened.get(0))).isGreaterThan(Duration.ofMillis(740));
    }

    @Test
    void pausesBeginAnewOnlyAfterSomethingWasDone() {
        var kept = supervise(() -> {
            var life = new Life();
            life.progressed = opened.size() >= 4;
            return life.end();
        });

        await().atMost(SOON).until(() -> opened.size() >= 14);
        kept.close();
        assertThat(gap(2)).isGreaterThan(Duration.ofMillis(190));
        // the shortest of ten, since a busy machine may lengthen any
        assertThat(IntStream.range(3, 13).mapToObj(this::gap).min(Duration::compareTo))
                .hasValueSatisfying(shortest -> assertThat(shortest).isLessThan(Duration.ofMillis(190)));
    }

    @Test
    void somethingDoneWhileItIsOpenCountsAtOnce() {
        var fails = new AtomicInteger();
        supervise(() -> {
            if (fails.getAndIncrement() < 3) {
                throw new IOException("not yet");
            }
            return new Life();
        });
        var took = new ArrayList<Duration>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            await().atMost(SOON).until(() -> lives.size() > number);
            var life = lives.get(number);
            life.progressed = true;
            await().atMost(SOON).until(() -> life.asked > 0);
            long lost = System.nanoTime();
            life.end();
            await().atMost(SOON).until(() -> lives.size() > number + 1);
            took.add(Duration.ofNanos(opened.get(opened.size() - 1) - lost));
        }
        // the shortest, since a busy machine may lengthen any; the fourth pause in a row is 400 ms at the least
        assertThat(Collections.min(took)).isLessThan(Duration.ofMillis(350));
    }

    @Test
    void goesOnWhenWhoeverHearsOfALossThrows() {
        supervisor = new Supervisor<>("test", () -> note(new Life()), () -> {
            throw new IllegalStateException("the listener is broken");
        });
        supervisor.start();
        await().atMost(SOON).until(() -> lives.size() == 1);
        lives.get(0).end();

        await().atMost(SOON).until(() -> lives.size() == 2);
    }

    @Test
    void closingLeavesOpenWhatIsOpen() {
        var kept = supervise(Life::new);
        await().atMost(SOON).until(() -> kept.present() != null);
        kept.close();

        assertThat(kept.present()).isSameAs(lives.get(0));
        assertThat(lives.get(0).aborted).isFalse();
        assertThat(losses).hasValue(0);
    }

    @Test
    void whatIsOpenedAfterItWasClosedIsAborted() {
        var gate = new CountDownLatch(1);
        var kept = supervise(() -> {
            awaitUninterruptibly(gate);
            return new Life();
        });
        await().atMost(SOON).until(() -> opened.size() == 1);
        kept.close();
        gate.countDown();

        await().atMost(SOON).until(() -> lives.size() == 1 && lives.get(0).aborted);
        assertThat(kept.present()).isNull();
    }

    @Test
    void showsThatItIsAtWorkInPausesToo() {
        var kept = supervise(() -> {
            throw new IOException("refused");
        });

        await().during(Duration.ofMillis(700))
                .atMost(SOON)
                .until(() -> kept.sinceBeat().compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void anOpeningThatWaitsForTheBrokerIsNoStandstill() {
        var gate = new CountDownLatch(1);
        var kept = supervise(() -> {
            awaitUninterruptibly(gate);
            return new Life();
        });
        await().atMost(SOON).until(() -> opened.size() == 1);

        assertThat(kept.sinceBeat()).isZero();
        gate.countDown();
        await().atMost(SOON).until(() -> kept.present() != null);
        await().atMost(SOON)
                .until(() -> !kept.sinceBeat().isZero() && kept.sinceBeat().compareTo(Duration.ofSeconds(5)) < 0);
    }

    /// From one opening to the next.
    private Duration gap(int number) {
        return Duration.ofNanos(opened.get(number + 1) - opened.get(number));
    }

    private Supervisor<Life> supervise(Supervisor.Opening<Life> opening) {
        var made = new Supervisor<>(
                "test",
                () -> {
                    opened.add(System.nanoTime());
                    return note(opening.open());
                },
                losses::incrementAndGet);
        supervisor = made;
        made.start();
        return made;
    }

    private Life note(Life life) {
        lives.add(life);
        return life;
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException e) {
                // as the AMQP client, which does not let a handshake be interrupted
            }
        }
    }

    /// Ends when the test says so.
    private static final class Life implements Supervisor.Life {

        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean progressed;
        private volatile boolean aborted;
        private volatile int asked;

        Life end() {
            ended.countDown();
            return this;
        }

        @Override
        public boolean awaitEnd(Duration most) throws InterruptedException {
            return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // asked by the supervisor's thread alone
        public boolean hasProgressed() {
            asked++;
            return progressed;
        }

        @Override
        public void abort() {
            aborted = true;
            end();
        }
    }
}
