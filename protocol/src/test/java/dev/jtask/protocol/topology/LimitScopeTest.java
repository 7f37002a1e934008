package dev.jtask.protocol.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitScopeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aTaskAsAWholeIsCountedUnderItsName() {
        var whole = new LimitScope("mail.send", null);

        assertThat(whole.running()).isEqualTo("jtask.limits.mail.send.running");
        assertThat(whole.started(10, MINUTE)).isEqualTo("jtask.limits.mail.send.started.10-60000");
    }

    @Test
    void aKeyIsNotShownAndAnotherIsAnother() {
        var ada = new LimitScope("mail.send", "ada@example.com").running();

        assertThat(ada).matches("jtask\\.limits\\.mail\\.send\\.running\\.[0-9a-f]{32}");
        assertThat(new LimitScope("mail.send", "ada@example.com").running()).isEqualTo(ada);
        assertThat(new LimitScope("mail.send", "").running())
                .isNotEqualTo(ada)
                .isNotEqualTo(new LimitScope("mail.send", null).running());
    }

    @Test
    void noNameIsTooLongForAmqp() {
        var task = "\u00fc".repeat(127);
        var scope = new LimitScope(task, "a key");

        assertThat(bytes(scope.running())).isLessThanOrEqualTo(255);
        assertThat(bytes(scope.started(Integer.MAX_VALUE, Duration.ofDays(1)))).isLessThanOrEqualTo(255);
        assertThat(new LimitScope("x".repeat(175), "a key").started(Integer.MAX_VALUE, Duration.ofDays(1)))
                .hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void whatCountsIsForgottenOnlyWhenItCountsNothing() {
        assertThat(LimitScope.runningArguments())
                .containsEntry("x-queue-type", "classic")
                .containsEntry("x-expires", 60_000L);
        assertThat(LimitScope.startedArguments(10, MINUTE))
                .containsEntry("x-queue-type", "classic")
                .containsEntry("x-max-length", 10)
                .containsEntry("x-overflow", "reject-publish")
                .containsEntry("x-message-ttl", 60_000L)
                .containsEntry("x-expires", 120_000L);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
