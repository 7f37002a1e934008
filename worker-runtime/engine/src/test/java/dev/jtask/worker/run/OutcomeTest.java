package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.result.RemoteError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {

    private static final RemoteError ERROR = RemoteError.celery("Boom");

    static List<Arguments> outcomes() {
        return List.of(
                Arguments.of(new Outcome.Done(NullNode.instance), "succeeded", Optional.of("SUCCESS")),
                Arguments.of(
                        new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null),
                        "succeeded",
                        Optional.empty()),
                Arguments.of(
                        new Outcome.Failed(ERROR, null, Outcome.Failed.Kind.UNEXPECTED),
                        "failed",
                        Optional.of("FAILURE")),
                Arguments.of(new Outcome.Retry(Duration.ZERO, ERROR, ""), "retried", Optional.of("RETRY")),
                Arguments.of(
                        new Outcome.Later(Duration.ZERO, new Outcome.InTheBroker()), "postponed", Optional.empty()),
                Arguments.of(
                        new Outcome.Later(Duration.ZERO, new Outcome.BehindOthers(1)), "postponed", Optional.empty()),
                Arguments.of(
                        new Outcome.Later(Duration.ZERO, new Outcome.Unanswered(1)), "postponed", Optional.empty()),
                Arguments.of(
                        new Outcome.Later(Duration.ZERO, new Outcome.Here(Instant.EPOCH)),
                        "postponed",
                        Optional.empty()),
                Arguments.of(
                        new Outcome.Later(Duration.ZERO, new Outcome.ForSignal("paid", Instant.EPOCH)),
                        "postponed",
                        Optional.of("WAITING")),
                Arguments.of(new Outcome.Revoked(Outcome.Revoked.EXPIRED), "revoked", Optional.of("REVOKED")),
                Arguments.of(Outcome.Refused.unfit("Boom", "why"), "rejected", Optional.of("FAILURE")),
                Arguments.of(
                        new Outcome.Refused("why", ERROR, Outcome.Refused.Kind.WISH, 1),
                        "rejected",
                        Optional.of("FAILURE")),
                Arguments.of(new Outcome.Returned(Outcome.Returned.Why.WISH), "requeued", Optional.empty()),
                Arguments.of(new Outcome.Returned(Outcome.Returned.Why.DRAIN), "requeued", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void hasAWordForMetricsAndTheStateThatTheSenderIsTold(Outcome outcome, String word, Optional<String> state) {
        assertThat(outcome.word()).isEqualTo(word);
        assertThat(outcome.state()).isEqualTo(state);
    }
}
