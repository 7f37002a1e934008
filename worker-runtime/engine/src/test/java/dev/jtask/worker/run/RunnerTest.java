package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.Embed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.seal.MessageSeal;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.MarkingSeal;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {

    private static final Outcome DONE = new Outcome.Done(IntNode.valueOf(5));

    private final RecordingEndings endings = new RecordingEndings();
    private final HandTimer timer = new HandTimer();
    private final SettableClock clock = new SettableClock();
    private final Jobs jobs = new Jobs();
    private final Slots slots = new Slots(1);
    private final List<Interceptor> steps = new ArrayList<>();
    private Runnable work = () -> {};
    private MessageSeal seal = MessageSeal.NONE;
    private Slot slot = new Slot(slots);

    @BeforeEach
    void takeASlot() throws InterruptedException {
        slot = requireNonNull(slots.take(0, TimeUnit.SECONDS));
    }

    @Test
    void runsADeliveryToItsEnding() {
        clock.pass(Duration.ofSeconds(3));
        work = () -> assertThat(jobs.running()).hasSize(1);

        boolean typical = run(Given.message("a"));

        assertThat(typical).isTrue();
        var ended = endings.ended.getFirst();
        assertThat(ended.outcome()).isEqualTo(DONE);
        assertThat(ended.job().message().id()).isEqualTo("a");
        assertThat(ended.job().began()).isEqualTo(SettableClock.START.plusSeconds(3));
        assertThat(endings.ended).hasSize(1);
        assertThat(jobs.running()).isEmpty();
    }

    @Test
    void handsTheJobOnAsTheLastStepSawIt() {
        steps.add((job, next) -> next.proceed(job.with(Given.message("changed"))));
        steps.add((job, next) -> {
            throw new IllegalStateException("after the change");
        });

        run(Given.message("a"));

        assertThat(endings.ended).hasSize(1);
        assertThat(endings.ended.getFirst().job().message().id()).isEqualTo("changed");
        assertThat(endings.ended.getFirst().outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whatIsNoTaskEndsAsThat() {
        var message = new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), new byte[] {'{'});

        assertThat(runner().run(Given.delivery(message, new FakeReceipt()), slot))
                .isFalse();

        assertThat(endings.malformed).hasSize(1);
        assertThat(endings.ended).isEmpty();
    }

    @Test
    void aTaskThatIsNotHereIsRefused() {
        assertThat(run(TaskMessage.builder("a", "who.knows").build())).isFalse();

        assertThat(endings.ended)
                .extracting(RecordingEndings.Ended::outcome)
                .containsExactly(Unregistered.refused("who.knows", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\nb", "\u0000", "\u001b[31mred", "\u2028"})
    void aTaskWhoseNameNoTaskCanHaveIsRefusedAsWell(String name) {
        assertThat(run(TaskMessage.builder("a", name).build())).isFalse();

        assertThat(endings.ended)
                .extracting(RecordingEndings.Ended::outcome)
                .containsExactly(Unregistered.refused(name, 1));
    }

    @Test
    void aDeliveryWithSuchANameCanBeRefusedWithoutRunningIt() {
        var refused = Outcome.Refused.unfit("WorkerLostError", "came too often");

        runner().refuse(
                        Given.delivery(
                                Given.wire(TaskMessage.builder("a", "a\nb").build()), new FakeReceipt()),
                        refused);

        assertThat(endings.ended).extracting(RecordingEndings.Ended::outcome).containsExactly(refused);
    }

    @Test
    void refusesADeliveryWithoutRunningIt() {
        work = () -> {
            throw new AssertionError("it ran");
        };
        var refused = Outcome.Refused.unfit("WorkerLostError", "came too often");

        runner().refuse(Given.delivery(Given.wire(Given.message("a")), new FakeReceipt()), refused);
        runner().refuse(
                        Given.delivery(
                                new WireMessage(WireProperties.json(1, Map.of()), new byte[0]), new FakeReceipt()),
                        refused);

        assertThat(endings.ended).extracting(RecordingEndings.Ended::outcome).containsExactly(refused);
        assertThat(endings.malformed).hasSize(1);
    }

    @Test
    void doesNotReadALargeOneToRefuseIt() {
        var refused = Outcome.Refused.unfit("Reject", "delivered 11 times");
        var small = Given.wire(Given.message("a"));
        var large = new byte[Limits.SMALL_BODY_BYTES + 1];

        runner().refuse(Given.delivery(new WireMessage(small.properties(), large), new FakeReceipt()), refused);
        runner().refuse(Given.delivery(Given.wire(small, Map.of("compression", "gzip")), new FakeReceipt()), refused);

        assertThat(endings.ended).isEmpty();
        assertThat(endings.malformed)
                .extracting(DecodeResult.Malformed::id, DecodeResult.Malformed::reason)
                .containsOnly(tuple("a", "delivered 11 times"))
                .hasSize(2);
    }

    @Test
    void whatIsNoTaskIsRefusedAsOneForThoseWhoWaitForWhatFollowsIt() {
        var chained = Given.wire(Given.wire(followed()), Map.of("retries", "two"));

        assertThat(runner().run(Given.delivery(chained, new FakeReceipt()), slot))
                .isFalse();

        assertThat(endings.malformed).isEmpty();
        assertThat(endings.ended).singleElement().satisfies(ended -> {
            assertThat(ended.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.reason()).contains("header retries");
                assertThat(refused.error().type()).isEqualTo("InvalidTaskError");
            });
            assertThat(ended.job().message().embed().chain()).hasSize(1);
        });
    }

    @Test
    void tellsThoseWhoWaitForWhatFollowsALargeOneThatItRefuses() {
        var refused = Outcome.Refused.unfit("Reject", "delivered 11 times");
        var args = JsonNodeFactory.instance.arrayNode().add("x".repeat(Limits.SMALL_BODY_BYTES));
        var large = followed().toBuilder().args(args).build();
        var compressed =
                large.toBuilder().customHeaders(Map.of("compression", "gzip")).build();

        runner().refuse(Given.delivery(Given.wire(large), new FakeReceipt()), refused);
        runner().refuse(Given.delivery(Given.wire(compressed), new FakeReceipt()), refused);

        assertThat(endings.malformed).isEmpty();
        assertThat(endings.ended).hasSize(2).allSatisfy(ended -> {
            assertThat(ended.outcome()).isEqualTo(refused);
            assertThat(ended.job().message().embed().chain()).hasSize(1);
            assertThat(ended.job().message().args()).as("not read").isEmpty();
        });
    }

    @Test
    void readsNothingOfALargeOneThatSomebodyMayHaveToVouchFor() {
        seal = new MarkingSeal();
        var args = JsonNodeFactory.instance.arrayNode().add("x".repeat(Limits.SMALL_BODY_BYTES));

        runner().refuse(
                        Given.delivery(
                                Given.wire(followed().toBuilder().args(args).build()), new FakeReceipt()),
                        Outcome.Refused.unfit("Reject", "delivered 11 times"));

        assertThat(endings.ended).isEmpty();
        assertThat(endings.malformed)
                .singleElement()
                .satisfies(malformed -> assertThat(malformed.rest()).isNull());
    }

    private static TaskMessage followed() {
        var next = JsonNodeFactory.instance.objectNode().put("task", "t.next");
        var chain = JsonNodeFactory.instance.arrayNode().add(next);
        return Given.message("a").toBuilder()
                .embed(new Embed(NullNode.instance, NullNode.instance, chain, NullNode.instance))
                .build();
    }

    @Test
    void saysWhetherTheTimeOfADeliveryIsTypical() {
        steps.add((job, next) -> new Outcome.Revoked(Outcome.Revoked.REVOKED));
        assertThat(run(Given.message("a"))).as("not run").isFalse();

        steps.set(0, (job, next) -> new Outcome.Later(Duration.ofSeconds(5), new Outcome.InTheBroker()));
        assertThat(run(Given.message("a"))).as("sent on").isTrue();
    }

    @Test
    void givesATaskUpThatIgnoresItsLimitAndEndsItOnce() throws InterruptedException {
        work = () -> {
            timer.pass(Duration.ofSeconds(3));
            assertThat(Thread.interrupted())
                    .as("it is asked, and does not hear")
                    .isTrue();
            assertThat(endings.ended).as("ended while it runs").hasSize(1);
            assertThat(jobs.stuck()).isEqualTo(1);
            assertThat(slots.busy()).isZero();
        };

        run(Given.message("a").toBuilder().timeLimits(new TimeLimits(2.0, null)).build());

        assertThat(endings.ended).hasSize(1);
        assertThat(endings.ended.getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().type()).isEqualTo("TimeLimitExceeded"));
        assertThat(jobs.stuck()).as("its thread came back").isZero();
        assertThat(slots.take(0, TimeUnit.SECONDS)).as("its slot came back").isNotNull();
        assertThat(slots.take(0, TimeUnit.SECONDS)).as("once").isNull();
    }

    @Test
    void doesNotGiveATaskUpThatHasEnded() {
        // the alarm comes between the end of the task and the end of its alarms
        steps.add((job, next) -> {
            var outcome = next.proceed(job);
            timer.pass(Duration.ofSeconds(3));
            return outcome;
        });

        run(Given.message("a").toBuilder().timeLimits(new TimeLimits(2.0, null)).build());

        assertThat(endings.ended).extracting(RecordingEndings.Ended::outcome).containsExactly(DONE);
        assertThat(jobs.stuck()).isZero();
    }

    private boolean run(TaskMessage message) {
        return runner().run(Given.delivery(Given.wire(message), new FakeReceipt()), slot);
    }

    private Runner runner() {
        var task = TaskDefinition.of(Given.TASK, (args, kwargs, context) -> {
            work.run();
            return 5;
        });
        var pipeline = new Pipeline(
                new Dispatch(new Routes(List.of()), new TaskRegistry(List.of(task))),
                steps,
                new TimeLimiter(timer),
                new RecordingErrands(),
                new RecordingEmitter(),
                FakeSignals.awaiting(),
                () -> 0L,
                clock);
        return new Runner(pipeline, jobs, endings, seal, Discretion.USUAL, clock);
    }
}
