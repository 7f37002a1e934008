package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.backend.FakeStore;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class GroupHandleTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeStore store = new FakeStore();
    private Replies replies;
    private GroupHandle<Integer> group;

    @BeforeEach
    void send() throws IOException {
        replies = Replies.from(store.opened(), WaitingTest.CONTROL, ValueSeal.NONE);
        group = replies.group("g", List.of(member("a"), member("b")));
    }

    @Test
    void itsResultsAreInTheOrderOfItsMembers() {
        var results = group.onComplete();
        tell(ResultMessage.success("b", IntNode.valueOf(2)));
        assertThat(results).isNotDone();
        assertThat(group.completed()).isEqualTo(1);
        tell(ResultMessage.success("a", IntNode.valueOf(1)));

        assertThat(results).succeedsWithin(SOON).isEqualTo(List.of(1, 2));
        assertThat(group.get(Duration.ZERO)).containsExactly(1, 2);
    }

    @Test
    void aFailureIsToldAtOnceWhoeverStillRuns() {
        var results = group.onComplete();
        tell(ResultMessage.error("b", TaskState.FAILURE, RemoteError.celery("OperationalError", "no"), null));

        assertThat(results)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TaskFailedException.class);
        assertThatThrownBy(() -> group.get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("task b ended in FAILURE");
    }

    @Test
    void aMemberThatWasSentWithoutAReplyHasNoResult() {
        var silent = replies.<Integer>expectNothing("c", "q", Integer.class);
        var both = replies.group("g", List.of(silent, member("d")));

        assertThatThrownBy(() -> both.get(SOON)).hasMessageContaining("task c was sent without a reply");
        assertThat(both.onComplete()).failsWithin(SOON);
        assertThat(both.completed()).isZero();
    }

    @Test
    void whatCannotComeIsToldAtOnceAsWell() {
        replies.abandon(group.members().get(1), new IllegalStateException("not sent"));

        assertThatThrownBy(() -> group.get(SOON)).hasMessage("not sent");
    }

    @Test
    void theFirstThatIsLateIsNamedWithTheTimeThatWasWaited() {
        tell(ResultMessage.success("a", IntNode.valueOf(1)));

        assertThatThrownBy(() -> group.get(Duration.ofMillis(20)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("task b on queue 'here' is still PENDING after PT0.02S");
    }

    @Test
    void ofNoTasksThereIsNothingToWaitFor() {
        var none = replies.<Integer>group("g", List.of());

        assertThat(none.get(Duration.ZERO)).isEmpty();
        assertThat(none.onComplete()).succeedsWithin(SOON).isEqualTo(List.of());
    }

    private TaskHandle<Integer> member(String id) {
        return replies.expect(id, "here", Integer.class, null);
    }

    private void tell(ResultMessage message) {
        assertThat(store.results().store(new StoredResult(message, null, null), Instant.EPOCH))
                .isCompleted();
    }
}
