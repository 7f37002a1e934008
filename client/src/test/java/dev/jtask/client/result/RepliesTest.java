package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.FakeStore;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Results that come from a store.
@SuppressWarnings("NullAway.Init")
class RepliesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final FakeStore store = new FakeStore();
    private Replies replies;

    @BeforeEach
    void open() throws IOException {
        replies = Replies.from(store.opened(), WaitingTest.CONTROL, ValueSeal.NONE);
    }

    @Test
    void watchesATaskUntilItHasEnded() {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);
        assertThat(store.results().watched()).containsExactly("a");

        tell(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));
        assertThat(handle.status()).isEqualTo(TaskState.STARTED);
        assertThat(store.results().watched()).containsExactly("a");

        tell(ResultMessage.success("a", IntNode.valueOf(3)));
        assertThat(handle.get(Duration.ZERO)).isEqualTo(3);
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void findsAResultThatIsThereAlready() {
        tell(ResultMessage.success("a", IntNode.valueOf(3)));

        assertThat(replies.<Integer>expect("a", "here", Integer.class, null).get(Duration.ZERO))
                .isEqualTo(3);
    }

    @Test
    void howAnEarlierTaskOfItsIdFailedIsNotToldOfTheNext() {
        var failure = ResultMessage.error("a", TaskState.FAILURE, RemoteError.celery("OperationalError", "no"), null);
        tell(failure);
        TaskHandle<Integer> next = replies.expectAnew("a", "here", Integer.class, null, Duration.ofSeconds(5));
        assertThat(next.isReady()).isFalse();
        tell(failure);
        assertThat(next.isReady()).as("it failed likewise").isTrue();

        TaskHandle<Integer> last = replies.expectAnew("a", "here", Integer.class, null, Duration.ofSeconds(5));
        tell(ResultMessage.success("a", IntNode.valueOf(3)));
        assertThat(last.get(Duration.ZERO)).isEqualTo(3);
        assertThat(replies.<Integer>expectAnew("a", "here", Integer.class, null, Duration.ofSeconds(5))
                        .get(Duration.ZERO))
                .as("a success stays")
                .isEqualTo(3);
    }

    @Test
    void whoFailsAsTheEarlierOneDidIsToldAlsoWhereThatIsOnlyRead() {
        var failure = ResultMessage.error("a", TaskState.FAILURE, RemoteError.celery("OperationalError", "no"), null);
        tell(failure);
        store.results().lost(true);
        TaskHandle<Integer> next = replies.expectAnew("a", "here", Integer.class, null, Duration.ofSeconds(5));
        store.results().lost(false);
        assertThat(next.isReady()).as("that was the earlier one").isFalse();

        store.results().lost(true);
        assertThat(store.results().store(new StoredResult(failure, null, null), NOW.plusMillis(1)))
                .isCompleted();
        store.results().lost(false);
        assertThat(next.isReady()).isTrue();
    }

    @Test
    void theEndOfAHandleLeavesTheWatchToOneThatBeginsMeanwhile() throws IOException {
        var outcomes = new ArrayList<CompletableFuture<ResultMessage>>();
        var handling = new Handling(WaitingTest.CONTROL, () -> kept(outcomes), Clock.systemUTC());
        replies = Replies.from(store.opened(), handling);
        TaskHandle<Integer> first = replies.expect("a", "here", Integer.class, null);
        var again = outcomes.get(0)
                .thenApply(
                        failed -> replies.<Integer>expectAnew("a", "here", Integer.class, null, Duration.ofSeconds(5)));

        tell(ResultMessage.error("a", TaskState.FAILURE, RemoteError.celery("OperationalError", "no"), null));
        assertThat(first.isReady()).isTrue();
        assertThat(store.results().watched()).containsExactly("a");
        tell(ResultMessage.success("a", IntNode.valueOf(3)));

        assertThat(again.join().get(Duration.ZERO)).isEqualTo(3);
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void aWatchThatBeginsAfterItsHandleHasEndedIsLeft() {
        tell(ResultMessage.success("a", IntNode.valueOf(3)));
        var source = new StoreReplies(store.opened(), new Waiting(Clock.systemUTC()), ValueSeal.NONE);

        assertThat(source.watch("a", result -> false)).isCompleted();

        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void whatAnotherSentIsFoundByItsId() {
        tell(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));
        TaskHandle<Integer> found = replies.find("a", Integer.class, Duration.ofSeconds(5));
        assertThat(found.status()).isEqualTo(TaskState.STARTED);

        tell(ResultMessage.success("a", IntNode.valueOf(3)));
        assertThat(found.get(Duration.ZERO)).isEqualTo(3);
        assertThat(replies.<Integer>find("a", Integer.class, Duration.ofSeconds(5))
                        .get(Duration.ZERO))
                .isEqualTo(3);
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void whoAsksForItsOwnTaskTakesNothingFromTheFirstHandle() {
        TaskHandle<Integer> sent = replies.expect("a", "here", Integer.class, null);
        TaskHandle<Long> found = replies.find("a", Long.class, Duration.ofSeconds(5));
        TaskHandle<Integer> dropped = replies.find("a", Integer.class, Duration.ofSeconds(5));
        replies.abandon(dropped, new IllegalStateException("not needed"));
        tell(ResultMessage.success("a", IntNode.valueOf(3)));

        assertThat(sent.get(Duration.ZERO)).isEqualTo(3);
        assertThat(found.get(Duration.ZERO)).isEqualTo(3L);
    }

    @Test
    void whatIsKnownOfATaskIsThereAlsoWhereItsChannelIsSlow() {
        tell(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));
        store.results().tellNothingAtFirst();

        assertThat(replies.<Integer>find("a", Integer.class, Duration.ofSeconds(5))
                        .status())
                .isEqualTo(TaskState.STARTED);
    }

    @Test
    void aStateThatWasReadBeforeANewerOneWasToldTakesThatNotBack() {
        tell(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(1)));
        store.results().beforeTheNextAnswer(() -> tell(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(2))));

        TaskHandle<Integer> found = replies.find("a", Integer.class, Duration.ofSeconds(5));

        assertThat(found.progress(Integer.class)).hasValue(2);
    }

    @Test
    void aPieceThatIsToldMeanwhileIsNoState() {
        store.results().tellNothingAtFirst();
        tell(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));
        store.results().beforeTheNextAnswer(() -> store.results().signal(EmittedPiece.signal("a")));

        assertThat(replies.<Integer>find("a", Integer.class, Duration.ofSeconds(5))
                        .status())
                .isEqualTo(TaskState.STARTED);
    }

    @Test
    void anEndThatWasReadCountsWhateverWasTold() {
        store.results().tellNothingAtFirst();
        tell(ResultMessage.success("a", IntNode.valueOf(3)));
        store.results()
                .beforeTheNextAnswer(
                        () -> store.results().signal(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(2))));

        assertThat(replies.<Integer>find("a", Integer.class, Duration.ofSeconds(5))
                        .get(Duration.ZERO))
                .isEqualTo(3);
    }

    @Test
    void aStateThatCannotBeReadIsNone() {
        store.results().refuse(new StoreUnavailableException("redis://there: connection refused", null));

        assertThatThrownBy(() -> replies.find("a", Integer.class, Duration.ofSeconds(5)))
                .as("or its state would be PENDING, which is that of a task that nobody knows")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the state of task a cannot be read")
                .hasMessageContaining("redis://there");
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void aResultThatCannotBeWatchedFailsItsHandleWithTheReason() {
        store.results().refuse(new StoreRefusedException("fake://here/0 forbids it", null));

        var handle = replies.expect("a", "here", Integer.class, null);

        assertThatThrownBy(() -> handle.get(Duration.ZERO))
                .hasMessage("task a on queue 'here', PENDING: its result cannot be watched: fake://here/0 forbids it")
                .hasCauseInstanceOf(StoreRefusedException.class);
    }

    @Test
    void aResultThatCannotBeReadFailsItsHandleWithTheReason() {
        var handle = replies.expect("a", "here", Integer.class, null);

        store.results().spoil("a");

        assertThatThrownBy(() -> handle.get(Duration.ZERO))
                .hasMessage("task a on queue 'here', PENDING: its result cannot be read: it is no JSON")
                .hasCauseInstanceOf(StoreRefusedException.class);
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void whoLeavesATaskLateTakesNotTheWatchOfOneWhoCameMeanwhile() {
        var waiting = new Waiting(Clock.systemUTC());
        var source = new StoreReplies(store.opened(), waiting, ValueSeal.NONE);
        TaskHandle<Integer> handle = WaitingTest.handle("a");
        waiting.add(handle, null);
        assertThat(source.watch("a", result -> false)).isCompleted();

        source.leave("a");
        assertThat(store.results().watched()).containsExactly("a");

        waiting.abandon(handle, new IllegalStateException("not needed"));
        source.leave("a");
        assertThat(store.results().watched()).isEmpty();
    }

    @Test
    void leavesATaskThatWasNotSent() {
        var handle = replies.expect("a", "here", Integer.class, null);
        replies.abandon(handle, new IllegalStateException("not sent"));

        assertThat(store.results().watched()).isEmpty();
        assertThatThrownBy(() -> handle.get(Duration.ZERO)).hasMessage("not sent");
    }

    @Test
    void aTaskWithoutAReplyIsNotWatched() {
        var handle = replies.expectNothing("a", "here", Integer.class);

        assertThat(store.results().watched()).isEmpty();
        assertThatThrownBy(() -> handle.get(Duration.ZERO)).hasMessageContaining("was sent without a reply");
        assertThat(handle.isReady()).as("nobody here knows").isFalse();
    }

    @Test
    void countsChordsWhereTheResultsAre() {
        var chord = new Plan.Chord("g", 2, null);

        assertThat(replies.chords())
                .hasValueSatisfying(chords -> assertThat(chords.begin(chord)).isCompleted());
        assertThat(store.begun()).containsExactly(chord);
    }

    @Test
    void aGroupHasTheIdAndTheMembersThatItIsGiven() {
        var members = List.of(replies.<Integer>expect("a", "here", Integer.class, null));

        var group = replies.group("g", members);

        assertThat(group.id()).isEqualTo("g");
        assertThat(group.members()).isEqualTo(members);
    }

    @Test
    void closesTheStoreAndTellsEachHandleWhy() {
        var handle = replies.expect("a", "here", Integer.class, null);
        replies.close();

        assertThat(store.isClosed()).isTrue();
        assertThatThrownBy(() -> handle.get(Duration.ZERO)).hasMessageContaining("the client was closed");
        assertThat(handle.isReady())
                .as("or who looks again and again would never hear that")
                .isTrue();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAnErrorAndIsClosed() {
        var silent = new FakeStore();
        silent.answer(CompletableFuture.failedFuture(new StoreUnavailableException("fake://here/0 is away", null)));

        assertThatThrownBy(() -> Replies.from(silent.opened(), WaitingTest.CONTROL, ValueSeal.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("fake://here/0 is away");
        assertThat(silent.isClosed()).isTrue();
    }

    private static CompletableFuture<ResultMessage> kept(List<CompletableFuture<ResultMessage>> in) {
        var outcome = new CompletableFuture<ResultMessage>();
        in.add(outcome);
        return outcome;
    }

    private void tell(ResultMessage message) {
        assertThat(store.results().store(new StoredResult(message, null, null), NOW))
                .isCompleted();
    }
}
