package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.fakes.Given;
import org.junit.jupiter.api.Test;

class JobsTest {

    private final Jobs jobs = new Jobs();
    private final Job a = Given.job("a");
    private final Job again = Given.job("a");
    private final Job b = Given.job("b");

    @Test
    void findsTheJobsOfATask() {
        jobs.started(a);
        jobs.started(again);
        jobs.started(b);

        assertThat(jobs.of("a")).containsExactlyInAnyOrder(a, again);
        assertThat(jobs.of("c")).isEmpty();
        jobs.ended(a, true);
        assertThat(jobs.running()).containsExactlyInAnyOrder(again, b);
    }

    @Test
    void showsThemToBeReadOnly() {
        jobs.started(a);

        assertThatThrownBy(() -> jobs.running().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void cancelsAll() {
        jobs.started(a);
        jobs.started(b);

        jobs.cancelAll(Job.Cause.WORKER_STOPS);

        assertThat(jobs.running()).extracting(Job::cause).containsOnly(Job.Cause.WORKER_STOPS);
    }

    @Test
    void countsTheThreadsThatRunOn() {
        jobs.started(a);
        jobs.started(b);
        jobs.gaveUp(a);
        jobs.gaveUp(b);
        jobs.cameBack();

        assertThat(jobs.stuck()).isEqualTo(1);
    }

    @Test
    void countsTheSlotOfAGivenUpJobOnce() {
        jobs.started(a);
        jobs.gaveUp(a);
        jobs.ended(a, false);

        assertThat(jobs.slotTime().of(a.delivery().queue()).ended()).isEqualTo(1);
    }
}
