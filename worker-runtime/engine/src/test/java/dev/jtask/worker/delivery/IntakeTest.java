package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Slot;
import dev.jtask.worker.run.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Slots slots = new Slots(2);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> returned = new CopyOnWriteArrayList<>();
    private final Queue<Delivery> suspects = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger order = new AtomicInteger();
    private volatile boolean maySettle = true;
    private volatile Supplier<@Nullable Delivery> suspectSource = suspects::poll;
    private volatile BiPredicate<Delivery, Slot> runner = this::untilTheGateOpens;
    private final Intake intake = new Intake(
            slots,
            Thread.ofVirtual().inheritInheritableThreadLocals(false).factory(),
            (delivery, slot) -> runner.test(delivery, slot),
            delivery -> returned.add(id(delivery)),
            () -> maySettle,
            () -> suspectSource.get());

    @AfterEach
    void stop() {
        gate.countDown();
        intake.forget();
    }

    @Test
    void startsNoMoreThanThereAreSlots() {
        intake.start();
        accept("a", "b", "c", "d");

        await().atMost(SOON).until(() -> begun.size() == 2);
        await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> begun.size() == 2);
        assertThat(ids(intake.waiting())).containsExactly("c", "d");
        gate.countDown();
        await().atMost(SOON).until(() -> begun.size() == 4);
        assertThat(begun).containsExactlyInAnyOrder("a", "b", "c", "d");
        await().atMost(SOON).until(() -> slots.busy() == 0);
    }

    @Test
    void takesTheQueueThatIsPreferredAndThereWhatCameFirst() {
        accept("low", 1);
        accept("first", 0);
        accept("second", 0);
        slots.resize(1);
        gate.countDown();
        intake.start();

        await().atMost(SOON).until(() -> begun.size() == 3);
        assertThat(begun).containsExactly("first", "second", "low");
    }

    @Test
    void aSuspectGoesFirst() {
        suspects.add(delivery("suspect"));
        accept("usual");
        // in two slots they would begin at once, told in any order
        slots.resize(1);
        gate.countDown();
        intake.start();

        await().atMost(SOON).until(() -> begun.size() == 2);
        assertThat(begun.getFirst()).isEqualTo("suspect");
    }

    @Test
    void startsNothingThatCouldNotBeSettled() {
        maySettle = false;
        intake.start();
        accept("a");
        suspects.add(delivery("suspect"));

        await().during(Duration.ofMillis(400)).atMost(SOON).until(begun::isEmpty);
        assertThat(intake.waiting()).hasSize(1);
        assertThat(intake.sinceBeat()).isLessThan(Duration.ofSeconds(10));
        maySettle = true;
        await().atMost(SOON).until(() -> begun.size() == 2);
    }

    @Test
    void afterItsEndEverythingGoesBack() {
        intake.start();
        accept("a", "b", "c");
        await().atMost(SOON).until(() -> begun.size() == 2);
        intake.stop();
        accept("late");

        assertThat(returned).containsExactly("c", "late");
        gate.countDown();
        await().atMost(SOON).until(() -> slots.busy() == 0);
        assertThat(begun).hasSize(2);
        assertThat(intake.isAccepting()).isFalse();
    }

    @Test
    void whatTheBrokerHasTakenBackIsForgotten() {
        accept("a", "b");
        intake.forget();
        intake.start();

        await().during(Duration.ofMillis(300)).atMost(SOON).until(begun::isEmpty);
        assertThat(returned).isEmpty();
        assertThat(intake.waiting()).isEmpty();
    }

    @Test
    void itsSlotIsFreeAgainWhenItEnds() throws InterruptedException {
        intake.start();
        intake.stop();

        assertThat(slots.awaitIdle(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void aMessageThatNobodyForesawIsCountedAndItsQueueDoesNotRest() {
        runner = (delivery, slot) -> {
            begun.add(id(delivery));
            throw new IllegalArgumentException("no such name");
        };
        var bad = new FakeReceipt();
        intake.start();
        intake.accept(new Intake.Waiting(delivery("bad", bad), 0, 0));

        await().atMost(SOON).until(() -> !bad.settled().isEmpty());
        assertThat(bad.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void anErrorOfTheWorkersOwnLeavesTheMessageAndStopsNothing() {
        runner = (delivery, slot) -> {
            begun.add(id(delivery));
            if (id(delivery).equals("bad")) {
                throw new NoClassDefFoundError("dev/gone");
            }
            return true;
        };
        var bad = new FakeReceipt();
        intake.start();
        intake.accept(new Intake.Waiting(delivery("bad", bad), 0, 0));
        accept("good");

        await().atMost(SOON).until(() -> begun.contains("good"));
        await().atMost(SOON).until(() -> !bad.settled().isEmpty());
        assertThat(bad.settled())
                .singleElement()
                .isInstanceOfSatisfying(
                        Disposition.Leave.class,
                        leave -> assertThat(leave.reason()).contains("NoClassDefFoundError"));
        await().atMost(SOON).until(() -> slots.busy() == 0);
    }

    @Test
    void theWindowIsWhatWasAskedForLessWhatOtherSessionsStillRun() throws InterruptedException {
        assertThat(intake.window(OptionalInt.of(10))).isEqualTo(10);
        assertThat(intake.window(OptionalInt.empty())).isEqualTo(2);

        var slot = slots.take(1, TimeUnit.SECONDS);
        Objects.requireNonNull(slot).run(Thread.ofVirtual().factory(), () -> untilTheGateOpens(delivery("old"), slot));
        await().atMost(SOON).until(() -> slots.busy() == 1);
        assertThat(intake.window(OptionalInt.of(10))).isEqualTo(9);
        assertThat(intake.window(OptionalInt.of(0))).isZero();
    }

    @Test
    void aSmallerWindowReturnsWhatCameLast() {
        accept("a", "b", "c", "d");
        intake.shrink(3);

        assertThat(returned).containsExactly("d");
        assertThat(ids(intake.waiting())).containsExactly("a", "b", "c");
    }

    @Test
    void whatWaitsBeginsOnAThreadOfItsOwn() {
        var threads = new CopyOnWriteArrayList<Thread>();
        var inherited = new CopyOnWriteArrayList<String>();
        var mine = new InheritableThreadLocal<String>();
        runner = (delivery, slot) -> {
            threads.add(Thread.currentThread());
            inherited.add(String.valueOf(mine.get()));
            mine.set(id(delivery));
            Thread.currentThread().interrupt();
            return begun.add(id(delivery));
        };
        slots.resize(1);
        accept("a", "b", "c");
        intake.start();

        await().atMost(SOON).until(() -> begun.size() == 3);
        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(threads).doesNotHaveDuplicates();
        assertThat(inherited).containsOnly("null");
        await().atMost(SOON).until(() -> slots.busy() == 0);
    }

    @Test
    void aSuspectComesBetweenThoseThatWait() {
        runner = (delivery, slot) -> {
            if (id(delivery).equals("a")) {
                suspects.add(delivery("suspect"));
            }
            return begun.add(id(delivery));
        };
        slots.resize(1);
        accept("a", "b", "c");
        intake.start();

        await().atMost(SOON).until(() -> begun.size() == 4);
        assertThat(begun).containsExactly("a", "suspect", "b", "c");
    }

    @Test
    void oneAtATimeAsksForSuspects() throws InterruptedException {
        var asking = new AtomicInteger();
        var most = new AtomicInteger();
        suspectSource = () -> {
            most.accumulateAndGet(asking.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1_000);
            asking.decrementAndGet();
            return null;
        };
        gate.countDown();
        for (int i = 0; i < 2_000; i++) {
            accept("t" + i);
        }
        intake.start();

        await().atMost(SOON).until(() -> begun.size() == 2_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void whatRunsCountsAsHeld() {
        intake.start();
        accept("a", "b", "c", "d");
        await().atMost(SOON).until(() -> begun.size() == 2);
        intake.shrink(3);

        assertThat(returned).containsExactly("d");
    }

    private boolean untilTheGateOpens(Delivery delivery, Slot slot) {
        begun.add(id(delivery));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void accept(String... ids) {
        for (var id : ids) {
            accept(id, 0);
        }
    }

    private void accept(String id, int preference) {
        intake.accept(new Intake.Waiting(delivery(id), preference, order.getAndIncrement()));
    }

    private static Delivery delivery(String id) {
        return delivery(id, new FakeReceipt());
    }

    private static Delivery delivery(String id, FakeReceipt receipt) {
        return Given.delivery(Given.wire(Given.message(id)), receipt);
    }

    private static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(IntakeTest::id).toList();
    }

    private static String id(Delivery delivery) {
        return String.valueOf(delivery.message().properties().headers().get("id"));
    }
}
