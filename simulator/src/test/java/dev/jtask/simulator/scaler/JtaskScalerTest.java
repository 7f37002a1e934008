package dev.jtask.simulator.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Objective;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.simulator.world.PodFacts;
import dev.jtask.simulator.world.QueueFigures;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JtaskScalerTest {

    private final JtaskScaler scaler = new JtaskScaler(new ScalingPolicy(
            0,
            50,
            new Objective.DrainTime(Duration.ofSeconds(60)),
            4,
            0.9,
            Duration.ZERO,
            Duration.ofSeconds(30),
            100,
            new WhenBlind.Hold(),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5)));

    /// As the operator knows it from the pool's status.
    @Test
    void theLongestTaskIsKnownAfterARestart() {
        look(0, 0, 10);
        assertThat(look(5, 0, 20).onlyIdle()).isFalse();
        assertThat(look(10, 400, 30).onlyIdle()).isTrue();

        scaler.restart();

        look(15, 0, 40);
        assertThat(look(20, 0, 50).onlyIdle()).isTrue();
    }

    /// Of a pod that runs tasks of half a second.
    private Scaler.Wish look(double now, double oldestSeconds, long ended) {
        var pod = new PodFacts(
                1,
                0,
                OptionalDouble.of(0),
                0,
                true,
                1,
                oldestSeconds,
                0,
                List.of(new PodFacts.Work(ended / 2.0, ended)));
        return scaler.look(new Sight() {
            @Override
            public double now() {
                return now;
            }

            @Override
            public Optional<List<QueueFigures>> statistics() {
                return Optional.of(List.of(new QueueFigures(0, 1, ended, ended, 2, 2)));
            }

            @Override
            public Optional<List<Long>> readyNow() {
                return Optional.of(List.of(0L));
            }

            @Override
            public List<PodFacts> pods() {
                return List.of(pod);
            }
        });
    }
}
