package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscretionTest {

    private static final String SECRET = "s3cr3t";

    private final Job secret = Given.job(TaskMessage.builder("a", Given.TASK)
            .customHeaders(Map.of(JtaskHeaders.PROTECTION, "encrypted"))
            .build());

    @Test
    void ofAPlainTaskEverythingIsShown() {
        var done = new Outcome.Done(TextNode.valueOf(SECRET));

        assertThat(Given.job("a").shown(done)).isSameAs(done);
    }

    @Test
    void aValueIsNotShown() {
        assertThat(secret.shown(new Outcome.Done(TextNode.valueOf(SECRET))))
                .isEqualTo(new Outcome.Done(TextNode.valueOf("<encrypted>")));
    }

    @Test
    void ofAnExceptionOnlyItsClassesAndPlacesAreShown() {
        var cause = new IllegalArgumentException("no card %s\n\tat %s.pay(%s).java\nCaused by: %s and more\n at x"
                .formatted(SECRET, SECRET, SECRET, SECRET));
        var thrown = new IllegalStateException(SECRET + ":\n" + SECRET, cause);

        var shown = secret.shown(
                new Outcome.Failed(Thrown.error(thrown), Thrown.traceback(thrown), Outcome.Failed.Kind.UNEXPECTED));

        assertThat(shown).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().display()).isEqualTo("IllegalStateException('<encrypted>')");
            assertThat(failed.traceback())
                    .startsWith("java.lang.IllegalStateException\n\tat dev.jtask.worker.run.DiscretionTest.")
                    .contains("Caused by: java.lang.IllegalArgumentException\n")
                    .doesNotContain(SECRET);
        });
    }

    @Test
    void soItIsOfARetry() {
        var retry = new Outcome.Retry(Duration.ZERO, new RemoteError("E", List.of(SECRET), "m"), "E: " + SECRET);

        assertThat(secret.shown(retry).toString()).doesNotContain(SECRET);
    }

    @Test
    void aRefusalSaysWhyWhereThatIsOurOwnWord() {
        var unknown = Outcome.Refused.unfit("NotRegistered", "task t.x is not here");
        var wished = new Outcome.Refused(SECRET, RemoteError.celery("Reject", SECRET), Outcome.Refused.Kind.WISH, 0);

        assertThat(secret.shown(unknown)).isSameAs(unknown);
        assertThat(secret.shown(wished).toString())
                .contains("Reject: <encrypted>")
                .doesNotContain(SECRET);
    }
}
