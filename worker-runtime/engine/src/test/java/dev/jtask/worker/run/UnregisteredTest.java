package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.Contexts;
import dev.jtask.worker.fakes.Given;
import org.junit.jupiter.api.Test;

class UnregisteredTest {

    private final Job job = Given.job(Given.message("a"), Unregistered.definition());

    @Test
    void standsForATaskThatIsNotHere() {
        assertThat(Unregistered.is(job.definition())).isTrue();
        assertThat(Unregistered.is(Given.DEFINITION)).isFalse();
    }

    @Test
    void hasNoNameThatASenderCouldChoose() {
        assertThat(Unregistered.knownName(job.definition())).isEqualTo("unknown");
        assertThat(Unregistered.knownName(Given.DEFINITION)).isEqualTo("t.x");
    }

    @Test
    void isRefusedInCelerysWords() {
        assertThat(Unregistered.refused("who.knows", 3))
                .isEqualTo(new Outcome.Refused(
                        "task 'who.knows' is not registered here; this worker has 3 others",
                        RemoteError.celery("NotRegistered", "who.knows"),
                        Outcome.Refused.Kind.UNFIT,
                        0));
    }

    @Test
    void isNeverCalled() {
        var message = job.message();
        assertThatThrownBy(() -> job.definition().call(message.args(), message.kwargs(), Contexts.of(message)))
                .isInstanceOf(IllegalStateException.class);
    }
}
