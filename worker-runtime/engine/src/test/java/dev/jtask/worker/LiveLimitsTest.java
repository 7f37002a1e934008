package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.run.TimeLimiter;
import dev.jtask.worker.steps.RateLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLimitsTest {

    private final RateLimits rates = new RateLimits(new SettableClock());
    private final List<String> asked = new ArrayList<>();
    private final LiveLimits limits = new LiveLimits(
            rates,
            task -> asked.add("%s at %s"
                    .formatted(
                            task,
                            rates.limit(Given.DEFINITION)
                                    .map(RateLimit::toString)
                                    .orElse("none"))),
            new TimeLimiter(new HandTimer()));

    @Test
    void whoWaitsForATurnAsksAnewUnderTheLimitThatHoldsNow() {
        var often = RateLimit.parse("10/m");
        limits.changeRate(Given.TASK, often);
        limits.liftRate(Given.TASK);

        assertThat(asked).containsExactly(Given.TASK + " at " + often, Given.TASK + " at none");
    }
}
