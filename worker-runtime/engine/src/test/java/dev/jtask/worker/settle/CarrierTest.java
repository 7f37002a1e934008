package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.begin;
import static dev.jtask.worker.settle.Effects.count;
import static dev.jtask.worker.settle.Effects.success;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.seal.Seal;
import dev.jtask.seal.ValueSeal;
import dev.jtask.worker.fakes.FakeBackend;
import dev.jtask.worker.fakes.FakeChords;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.MarkingSeal;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.fakes.Tracer;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.SignalWaits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarrierTest {

    private final Journal journal = new Journal();
    private final RecordingSender sender = new RecordingSender(journal);
    private final FakeBackend backend = new FakeBackend(journal);
    private final FakeChords chords = new FakeChords(journal);
    private final FakeSignals signals = new FakeSignals();
    private final SettableClock clock = new SettableClock();
    private final Carrier carrier = new Carrier(
            sender,
            new TaskSender(sender, TaskSender.Waiting.IN_THE_BROKER, clock),
            backend,
            chords,
            Seal.NONE,
            signals);

    @Test
    void tellsByTheBackend() {
        assertThat(carrier.tell(success("a"))).isCompleted();
        assertThat(backend.told()).singleElement().satisfies(told -> {
            assertThat(told.to()).isEqualTo(Effects.sender("a"));
            assertThat(told.status()).isEqualTo("SUCCESS");
        });
    }

    @Test
    void takesAValueThatIsNoJsonForARefusal() {
        backend.answer(result -> {
            throw new IllegalStateException("nested too deeply");
        });

        assertThat(carrier.tell(success("a"))).isCompletedExceptionally();
    }

    @Test
    void sendsTasksAllAtOnceAndWaitsForEach() {
        sender.hold();
        var sent = carrier.send(new Effect.Send(List.of(task("one", message()), task("two", message()))));

        assertThat(sender.destinations()).containsExactly("one", "two");
        assertThat(sender.sent()).allMatch(each -> each.patience().equals(Patience.ENDLESS));
        assertThat(sender.sent()).allMatch(each -> each.parcel().upkeep() == Parcel.Upkeep.TASKS);
        sender.sent().get(1).answer().complete(null);
        assertThat(sent).isNotDone();
        sender.sent().get(0).answer().complete(null);
        assertThat(sent).isCompleted();
    }

    @Test
    void failsWithTheOneThatIsRefusedWhenAllAreThrough() {
        sender.hold();
        var sent = carrier.send(new Effect.Send(List.of(task("one", message()), task("two", message()))));

        sender.sent().get(0).answer().completeExceptionally(BrokerFailures.refused("too large"));
        assertThat(sent).isNotDone();
        sender.sent().get(1).answer().complete(null);

        assertThat(sent).isCompletedExceptionally();
    }

    @Test
    void letsATaskThatIsNotDueWaitInTheBroker() {
        var due = message().toBuilder().eta(clock.instant().plusSeconds(60)).build();

        assertThat(carrier.send(new Effect.Send(List.of(task("next", due))))).isCompleted();

        assertThat(sender.last().parcel().upkeep()).isEqualTo(Parcel.Upkeep.DELAYED);
    }

    @ParameterizedTest
    @EnumSource(Tracer.Breaks.class)
    void sendsATaskWhateverTheTracerDoes(Tracer.Breaks when) {
        try (var _ = new Tracer(when)) {
            assertThat(carrier.send(new Effect.Send(List.of(task("next", message())))))
                    .isCompleted();
            assertThat(sender.destinations()).containsExactly("next");
        }
    }

    @Test
    void sendsAMessageAnewAsANewOne() {
        var message =
                Given.wire(Given.wire(message()), Map.of("x-death", List.of(), "x-delivery-count", 2, "mine", "x"));

        assertThat(carrier.resend(delivery(message), new Effect.Resend(Duration.ZERO, SignalWaits.NONE)))
                .isCompleted();

        var parcel = sender.last().parcel();
        assertThat(parcel.route()).isEqualTo(Route.toQueue(Given.QUEUE));
        assertThat(parcel.upkeep()).isEqualTo(Parcel.Upkeep.NONE);
        assertThat(parcel.message().body()).isEqualTo(message.body());
        assertThat(parcel.message().properties().headers())
                .containsEntry("mine", "x")
                .containsEntry("id", "a")
                .doesNotContainKeys("x-death", "x-delivery-count");
    }

    @Test
    void sendsAMessageAnewForLater() {
        var message = Given.wire(message());

        assertThat(carrier.resend(delivery(message), new Effect.Resend(Duration.ofSeconds(5), SignalWaits.NONE)))
                .isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(Parcel.delayed(Given.QUEUE, message, Duration.ofSeconds(5)));
        assertThat(sender.last().patience()).isEqualTo(Patience.ENDLESS);
    }

    @Test
    void sendsASuspectAnewToItsHome() {
        var message = Given.wire(message());
        var delivery = new Delivery("q", "q.suspects", message, true, Instant.EPOCH, null, new FakeReceipt());

        assertThat(carrier.resend(delivery, new Effect.Resend(Duration.ZERO, SignalWaits.NONE)))
                .isCompleted();
        assertThat(sender.last().parcel()).isEqualTo(Parcel.plain("q.suspects", message));
        assertThat(carrier.resend(delivery, new Effect.Resend(Duration.ofSeconds(5), SignalWaits.NONE)))
                .isCompleted();
        assertThat(sender.last().parcel()).isEqualTo(Parcel.delayed("q.suspects", message, Duration.ofSeconds(5)));
    }

    @Test
    void aMessageThatIsSentAnewCarriesWhichTimesWereOver() {
        var over = new SignalWaits(Map.of("approval", -1L));

        assertThat(carrier.resend(delivery(Given.wire(message())), new Effect.Resend(Duration.ofSeconds(5), over)))
                .isCompleted();

        assertThat(sender.last().parcel().message().properties().headers())
                .containsEntry(JtaskHeaders.SIGNALS, over.ends());
    }

    @Test
    void parksAMessageWithWhatItWaitsFor() {
        var at = new SignalPlace("a", "approval");
        var message =
                Given.wire(Given.wire(message()), Map.of("x-death", List.of(), JtaskHeaders.PUT_OFF, 2, "mine", "x"));
        var park = new Effect.Park(at, Duration.ofSeconds(5), new SignalWaits(Map.of("approval", 7L)));
        assertThat(carrier.park(delivery(message), park)).isCompleted();

        assertThat(signals.parked).singleElement().satisfies(waiting -> {
            assertThat(waiting.at()).isEqualTo(at);
            assertThat(waiting.backTo()).isEqualTo(Given.QUEUE);
            assertThat(waiting.message().properties().expiration()).isEqualTo("5000");
            assertThat(waiting.message().properties().headers())
                    .containsEntry("mine", "x")
                    .containsEntry(JtaskHeaders.SIGNALS, Map.of("approval", 7L))
                    .doesNotContainKeys("x-death", JtaskHeaders.PUT_OFF);
        });
    }

    @Test
    void whatAMessageSaysOfItsWaitsIsSigned() {
        var waits = new SignalWaits(Map.of("approval", 7L));
        var delivery = delivery(Given.wire(message()));
        var signing = new Carrier(
                sender,
                new TaskSender(sender, TaskSender.Waiting.IN_THE_BROKER, clock),
                backend,
                chords,
                new Seal(new MarkingSeal(), ValueSeal.NONE),
                signals);

        var park = new Effect.Park(new SignalPlace("a", "approval"), Duration.ofSeconds(5), waits);
        assertThat(signing.park(delivery, park)).isCompleted();
        assertThat(signing.resend(delivery, new Effect.Resend(Duration.ZERO, waits)))
                .isCompleted();

        assertThat(List.of(
                        signals.parked.getFirst().message(),
                        sender.last().parcel().message()))
                .allSatisfy(message -> assertThat(message.properties().headers())
                        .containsEntry("renewed", "a")
                        .containsEntry(JtaskHeaders.SIGNALS, waits.ends()));
    }

    @Test
    void whatCannotBeParkedForAWhileIsTriedAgain() {
        var park = new Effect.Park(new SignalPlace("a", "approval"), Duration.ofSeconds(5), new SignalWaits(Map.of()));
        signals.parking(CompletableFuture.failedFuture(new UncheckedIOException(new IOException("away"))));

        assertThat(carrier.park(delivery(Given.wire(message())), park))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void notesHowOftenAMessageWasPutOff() {
        var message = Given.wire(Given.wire(message()), Map.of(JtaskHeaders.PUT_OFF, 2));

        assertThat(carrier.resend(delivery(message), new Effect.Resend(Duration.ofSeconds(5), 3, SignalWaits.NONE)))
                .isCompleted();
        assertThat(sender.last().parcel().message().properties().headers()).containsEntry(JtaskHeaders.PUT_OFF, 3);

        assertThat(carrier.resend(delivery(message), new Effect.Resend(Duration.ofSeconds(5), SignalWaits.NONE)))
                .isCompleted();
        assertThat(sender.last().parcel().message().properties().headers()).containsEntry(JtaskHeaders.PUT_OFF, 2);
    }

    @Test
    void countsByTheCounter() {
        var joined = new Joined.Results(JsonNodeFactory.instance.arrayNode());
        chords.join(part -> Optional.of(joined));

        assertThat(carrier.begin(begin("group"))).isCompleted();
        assertThat(carrier.count(count("group", "SUCCESS"))).isCompletedWithValue(Optional.of(joined));
        assertThat(carrier.forget(new Effect.Forget("group"))).isCompleted();
        assertThat(journal.lines()).containsExactly("begin group", "count group SUCCESS", "forget group");
    }

    @Test
    void bringsALetterToAQueueThatIsMadeWhenItIsMissing() {
        var letter = Given.wire(message());

        assertThat(carrier.letter(delivery(letter), letter)).isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(Parcel.plain("q.dead", letter));
        assertThat(sender.last().patience()).isEqualTo(Patience.COPY);
    }

    @Test
    void keepsAFailedTaskInAQueueThatIsMadeWhenItIsMissing() {
        var letter = Given.wire(message());

        assertThat(carrier.keep(delivery(letter), letter)).isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(Parcel.plain("q.failed", letter));
        assertThat(sender.last().patience()).isEqualTo(Patience.COPY);
    }

    private static TaskMessage message() {
        return Given.message("a");
    }

    private static Routed task(String queue, TaskMessage message) {
        return new Routed(Route.toQueue(queue), message);
    }

    private static Delivery delivery(WireMessage message) {
        return Given.delivery(message, new FakeReceipt());
    }
}
