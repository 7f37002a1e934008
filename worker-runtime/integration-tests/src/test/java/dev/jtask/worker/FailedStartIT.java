package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.Schedule;
import dev.jtask.seal.SealOptions;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that does not start leaves nothing behind that consumes or is connected.
@RabbitMqTest
class FailedStartIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final String name = "unstarted-" + UUID.randomUUID();

    FailedStartIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void twoSchedulesOfOneName() {
        var one = every("same", TaskRequest.of("t.any"));

        assertThatThrownBy(() -> worker().schedules(name, one, one).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two schedules named 'same'");
        assertNothingIsLeft();
    }

    @Test
    void aScheduleWhoseArgumentsCannotBeWritten() {
        var odd = every("odd", TaskRequest.of("t.any", new Object()));

        assertThatThrownBy(() -> worker().schedules(name, odd).start()).isInstanceOf(IllegalArgumentException.class);
        assertNothingIsLeft();
    }

    @Test
    void keysThatCannotBeRead(@TempDir Path folder) throws IOException {
        var keys = Files.writeString(folder.resolve("keys.json"), "no keys");

        assertThatThrownBy(() -> worker().seal(SealOptions.NONE.withKeys(keys)).start())
                .isInstanceOf(IllegalArgumentException.class);
        assertNothingIsLeft();
    }

    @Test
    void metersThatTheRegistryRefuses() {
        for (var meter : new String[] {"jtask_scheduler_at_work", "jtask_worker_unsettled"}) {
            assertThatThrownBy(() -> worker().meters(refusing(meter))
                            .schedules(name, every("any", TaskRequest.of("t.any")))
                            .start())
                    .hasMessage("refused: " + meter);
        }
        assertNothingIsLeft();
    }

    private WorkerBuilder worker() {
        return Worker.builder()
                .broker(node.amqpUri())
                .queues(name)
                .nodeName(name)
                .tasks(new TestTasks());
    }

    private static Schedule every(String schedule, TaskRequest<?> request) {
        return Schedule.every(schedule, Duration.ofHours(1), request);
    }

    private static MeterRegistry refusing(String meter) {
        var meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals(meter)) {
                    throw new IllegalStateException("refused: " + meter);
                }
                return id;
            }
        });
        return meters;
    }

    private void assertNothingIsLeft() {
        Awaitility.await("nothing of it is connected")
                .during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> !node.shell().connections("client_properties").contains(name));
        assertThat(node.view().exists(name)).as("nobody consumed").isFalse();
    }
}
