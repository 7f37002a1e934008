package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ReconcileThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ExecutorService threads = ReconcileThreads.open();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void answer() {
        answered.countDown();
        threads.shutdownNow();
    }

    /// As where a webhook of some namespaces does not answer.
    @Test
    void poolsThatWaitForKubernetesHoldUpNoOther() {
        submit(200, this::waitForKubernetes);
        await().atMost(PATIENCE).until(() -> running.get() >= 50);

        threads.execute(done::incrementAndGet);

        await("the one that waits for nothing").atMost(PATIENCE).until(() -> done.get() == 1);
        assertThat(answered.getCount()).as("none of the others has its answer").isEqualTo(1);
    }

    @Test
    void noMoreThanTheMemoryIsForWaitAtATime() {
        submit(1_000, this::waitForKubernetes);
        await().atMost(PATIENCE).until(() -> running.get() >= 250);

        answered.countDown();

        await("all of them").atMost(PATIENCE).until(() -> done.get() == 1_000);
        assertThat(most).hasValue(250);
    }

    @Test
    void quickOnesTakeTheirTurns() {
        threads.shutdown();
        threads = ReconcileThreads.open(5, 20, Duration.ofDays(1));

        submit(1_000, () -> {});

        await("all of them").atMost(PATIENCE).until(() -> done.get() == 1_000);
        assertThat(most.get()).isBetween(1, 5);
    }

    @Test
    void oneThatFailsGivesItsTurnBack() {
        threads.shutdown();
        threads = ReconcileThreads.open(1, 1, Duration.ofDays(1));

        for (int times = 0; times < 3; times++) {
            threads.execute(() -> {
                done.incrementAndGet();
                Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
                throw new IllegalStateException("expected");
            });
        }

        await("all of them").atMost(PATIENCE).until(() -> done.get() == 3);
    }

    @Test
    void theEndOfTheOperatorWaitsForNone() throws InterruptedException {
        submit(1_000, this::waitForKubernetes);
        await().atMost(PATIENCE).until(() -> running.get() >= 250);

        threads.shutdownNow();

        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private void submit(int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            threads.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                work.run();
                running.decrementAndGet();
                done.incrementAndGet();
            });
        }
    }

    private void waitForKubernetes() {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
