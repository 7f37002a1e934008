package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// A test that fails says why, and what happened before.
class FailuresTest {

    @Test
    void aTaskThatBlocksForEverIsNamedWithItsPlace() {
        assertThat(failureOf(Blocking.class))
                .contains("task endless.block[")
                .contains("still runs after 300 ms of real time")
                .contains("FailuresTest$Endless.block(FailuresTest.java:");
    }

    @Test
    void aTaskThatComesAgainWithoutADelayIsNoEndlessLoop() {
        assertThat(failureOf(Looping.class))
                .contains("10000 tasks ran and no time has passed")
                .contains("requeue, without a delay");
    }

    @Test
    void aTaskThatNobodyConsumesIsNamedWithItsQueue() {
        assertThat(failureOf(Elsewhere.class))
                .contains("is still PENDING after PT5S")
                .contains("sent py.add(1) to 'py'")
                .contains("py.add lies in queue 'py', and the worker of this test consumes 'celery'");
    }

    @Test
    void aTaskWhoseTimeHasNotComeIsNamedWithItsTime() {
        assertThat(failureOf(Impatient.class))
                .contains("expected a run of 'endless.nop'. Nothing has run")
                .contains("endless.nop waits until")
                .contains("advance(…) lets that time pass");
    }

    @Test
    void aFieldThatIsNotSetIsNamed() {
        assertThat(failureOf(Unset.class)).contains("@TaskBean Unset.tasks is null; assign it");
    }

    @Test
    void aClassThatCannotBeMadeIsNamed() {
        assertThat(failureOf(Unmade.class))
                .contains("@JTaskTest cannot make a dev.jtask.test.FailuresTest$Needy")
                .contains("or the test a field '@TaskBean final Needy …'");
    }

    @Test
    void aClientBelongsToOneTest() {
        assertThat(failureOf(TooEarly.class)).contains("a TaskClient belongs to one test");
    }

    @Test
    void aWrongDurationIsNamed() {
        assertThat(failureOf(Hasty.class)).contains("@JTaskTest(patience = \"soon\")");
    }

    private static String failureOf(Class<?> tests) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        summary);
        return summary.getSummary().getFailures().stream()
                .map(failure -> text(failure.getException()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Throwable thrown) {
        var cause = thrown.getCause() == null ? "" : "\n" + text(thrown.getCause());
        return thrown.getMessage()
                + Arrays.stream(thrown.getSuppressed())
                        .map(suppressed -> "\n" + text(suppressed))
                        .collect(Collectors.joining())
                + cause;
    }

    /// Tasks that do not end well.
    public static class Endless {

        @Task("endless.block")
        public void block() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Task("endless.again")
        public void again(TaskContext context) {
            throw context.requeue("not yet");
        }

        @Task("endless.nop")
        public void nop() {}
    }

    @JTaskTest(value = Endless.class, patience = "300ms")
    static class Blocking {

        @Test
        void blocks(TaskClient client) {
            client.send("endless.block").get(Duration.ofHours(1));
        }
    }

    @JTaskTest(Endless.class)
    static class Looping {

        @Test
        void loops(TaskClient client, JTask jtask) {
            client.send("endless.again");
            jtask.runDue();
        }
    }

    @JTaskTest(Endless.class)
    static class Elsewhere {

        @Test
        void waitsForATaskThatNobodyRuns(TaskClient client) {
            client.send(TaskRequest.of("py.add", 1).queue("py")).get(Duration.ofSeconds(5));
        }
    }

    @JTaskTest(Endless.class)
    static class Impatient {

        @Test
        void looksBeforeTheTime(TaskClient client, JTask jtask) {
            client.send(TaskRequest.of("endless.nop").countdown(Duration.ofMinutes(5)));
            jtask.runDue();
            jtask.assertRun("endless.nop").succeeded();
        }
    }

    @JTaskTest
    static class Unset {

        @TaskBean
        @Nullable
        Endless tasks;

        @Test
        void runs() {}
    }

    @JTaskTest(Needy.class)
    static class Unmade {

        @Test
        void runs(TaskClient client) {
            client.send("needy.nop");
        }
    }

    /// Cannot be made by a test.
    public static class Needy {

        private final String needed;

        Needy(String needed) {
            this.needed = needed;
        }

        @Task("needy.nop")
        public String nop() {
            return needed;
        }
    }

    @JTaskTest(Endless.class)
    static class TooEarly {

        @BeforeAll
        static void take(TaskClient client) {
            client.send("endless.nop");
        }

        @Test
        void runs() {}
    }

    @JTaskTest(value = Endless.class, patience = "soon")
    static class Hasty {

        @Test
        void runs(JTask jtask) {
            jtask.runDue();
        }

        @AfterEach
        void end() {}
    }
}
