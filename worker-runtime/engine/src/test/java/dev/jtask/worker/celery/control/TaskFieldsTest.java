package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.registry.RateLimit;
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
    void hasPythonsWordsAndLeavesOutWhatItHasNot() {
        assertThat(fields.describe(Samples.ADD, List.of("name", "acks_late", "typing", "time_limit", "ignore_result")))
                .isEqualTo("t.add [name=t.add acks_late=True ignore_result=False]");
    }
}
