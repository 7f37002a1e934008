package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.request.TaskRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Of workers of one registry whose broker is away.
class WorkerMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theyTellOfTheWorkerThatIsThere() {
        worker(3).stop();
        try (var _ = worker(5)) {
            assertThat(slots()).isEqualTo(5);
        }
    }

    @Test
    void theyGoWithTheWorkerAndItsSchedules() {
        try (var _ = worker(3)) {
            assertThat(registry.find("jtask_worker_busy_seconds").functionCounter())
                    .isNotNull();
            assertThat(registry.find("jtask_scheduler_at_work").gauge()).isNotNull();
            assertThat(registry.find("jtask_scheduler_sent").functionCounter()).isNotNull();
        }

        assertThat(registry.find("jtask_worker_slots").gauge()).isNull();
        assertThat(registry.find("jtask_worker_busy_seconds").functionCounter()).isNull();
        assertThat(registry.find("jtask_worker_runs_ended").functionCounter()).isNull();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .noneMatch(name -> name.startsWith("jtask_scheduler_"));
        assertThat(registry.find("jtask_worker_reconnects").counter())
                .as("what was counted")
                .isNotNull();
    }

    @Test
    void aSecondWorkerTakesNothingFromTheFirst() {
        try (var _ = worker(3)) {
            worker(5).stop();

            assertThat(slots()).isEqualTo(3);
        }
    }

    private double slots() {
        return registry.get("jtask_worker_slots").gauge().value();
    }

    private Worker worker(int slots) {
        return Worker.builder()
                .broker("amqp://127.0.0.1:1/")
                .meters(registry)
                .concurrency(slots)
                .schedules("shop", Schedule.every("reports", Duration.ofHours(1), TaskRequest.of("reports")))
                .start();
    }
}
