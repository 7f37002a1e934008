package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.registry.LimitKey;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.registry.StartRate;
import dev.jtask.worker.registry.TaskOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFieldsTest {

    private final FakeLimits limits = new FakeLimits();
    private final TaskFields fields = new TaskFields(limits);

    @Test
    void showsTheRateLimitUnlessAskedForMore() {
        assertThat(fields.describe(Samples.ADD, List.of())).isEqualTo("t.add");
        limits.changeRate("t.add", RateLimit.parse("5/s"));
        assertThat(fields.describe(Samples.ADD, List.of())).isEqualTo("t.add [rate_limit=5/s]");
    }

    @Test
    void hasWordsOfItsOwnForLimitsThatWorkersShare() {
        var asked = List.of("max_concurrent", "max_rate", "limit_key");
        assertThat(fields.describe(Samples.ADD, asked)).isEqualTo("t.add");

        var limited = Samples.ADD.withOptions(TaskOptions.DEFAULT.withSharedLimits(
                new SharedLimits(2, StartRate.parse("10/m"), LimitKey.of("customer"))));
        assertThat(fields.describe(limited, asked))
                .isEqualTo("t.add [max_concurrent=2 max_rate=10/m limit_key=customer]");
    }

    @Test
    void hasPythonsWordsAndLeavesOutWhatItHasNot() {
        assertThat(fields.describe(Samples.ADD, List.of("name", "acks_late", "typing", "time_limit", "ignore_result")))
                .isEqualTo("t.add [name=t.add acks_late=True ignore_result=False]");
    }
}
