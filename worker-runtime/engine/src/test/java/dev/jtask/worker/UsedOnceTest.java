package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.MarkingSeal;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsedOnceTest {

    private static final RemoteError ERROR = RemoteError.celery("Error");

    private final MarkingSeal seal = new MarkingSeal();

    @Test
    void aMessageWhoseTaskHasEndedIsUsed() {
        ends(new Outcome.Done(NullNode.instance));
        ends(new Outcome.Failed(ERROR, null, Outcome.Failed.Kind.EXPECTED));
        ends(new Outcome.Retry(Duration.ZERO, ERROR, ""));
        ends(new Outcome.Revoked(Outcome.Revoked.EXPIRED));
        ends(Outcome.Refused.unfit("Reject", "no"));

        assertThat(seal.used())
                .hasSize(5)
                .containsOnly(Given.job("a").delivery().message());
    }

    @Test
    void oneThatComesAgainIsNot() {
        ends(new Outcome.Later(Duration.ZERO, new Outcome.InTheBroker()));
        ends(new Outcome.Returned(Outcome.Returned.Why.WISH));
        ends(new Outcome.Returned(Outcome.Returned.Why.DRAIN));
        new UsedOnce(seal).lost(Given.job("a"), new Outcome.Done(NullNode.instance));

        assertThat(seal.used()).isEmpty();
    }

    private void ends(Outcome outcome) {
        new UsedOnce(seal).ended(Given.job("a"), outcome, Duration.ZERO);
    }
}
