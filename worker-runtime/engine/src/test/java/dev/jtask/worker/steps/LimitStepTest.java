package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.FakePermits;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.LimitKey;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.registry.StartRate;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Permits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitStepTest {

    private static final StartRate RATE = StartRate.parse("10/m");
    private static final Permits.Answer FULL = new Permits.Answer.Full();
    private static final Permits.Answer GRANTED = new Permits.Answer.Granted(Permits.Permit.NONE);
    private static final Permits.Answer UNKNOWN = new Permits.Answer.Unknown("the broker is away");

    private final FakePermits permits = new FakePermits();
    private final LimitStep step = new LimitStep(permits, () -> 0L);
    private final Around around = new Around();
    private SharedLimits limits = new SharedLimits(2, RATE, null);

    @Test
    void asksNobodyForATaskWithoutLimits() {
        limits = SharedLimits.NONE;

        assertThat(around(Given.message("a"))).isEqualTo(Around.RUN);
        assertThat(permits.asked).isEmpty();
    }

    @Test
    void runsWhatIsPermittedAndGivesThePermitBack() {
        assertThat(around(Given.message("a"))).isEqualTo(Around.RUN);

        assertThat(permits.asked).containsExactly("run t.x null 2", "start t.x null 10 PT1M", "ended t.x null");
        assertThat(around.passed).hasSize(1);
    }

    @Test
    void givesThePermitBackWhateverTheRunThrows() {
        Interceptor.Next failing = job -> {
            throw new IllegalStateException("a step of the user's");
        };

        assertThatThrownBy(() -> step.around(job(Given.message("a"), 0), failing))
                .isInstanceOf(IllegalStateException.class);
        assertThat(permits.asked).last().isEqualTo("ended t.x null");
    }

    @Test
    void asksOnlyForWhatIsLimited() {
        limits = new SharedLimits(0, RATE, null);
        around(Given.message("a"));
        limits = new SharedLimits(1, null, null);
        around(Given.message("b"));

        assertThat(permits.asked).containsExactly("start t.x null 10 PT1M", "run t.x null 1", "ended t.x null");
    }

    @Test
    void putsOffWhatIsTooMuchInTheBroker() {
        permits.answer(FULL, GRANTED);

        assertThat(around(Given.message("a")))
                .isEqualTo(new Outcome.Later(Duration.ofMillis(1_500), new Outcome.BehindOthers(1)));
        assertThat(around.passed).isEmpty();
        assertThat(permits.asked).as("no start is used up").containsExactly("run t.x null 2");
    }

    @Test
    void keepsNoPermitForAStartThatIsTooMuch() {
        permits.answer(GRANTED, FULL);

        assertThat(around(Given.message("a")))
                .isEqualTo(new Outcome.Later(Duration.ofMillis(1_500), new Outcome.BehindOthers(1)));
        assertThat(permits.asked).last().isEqualTo("ended t.x null");
        assertThat(around.passed).isEmpty();
    }

    @Test
    void takesForTooMuchWhatNobodyCanCount() {
        permits.answer(UNKNOWN, GRANTED);
        assertThat(around(Given.message("a"))).isInstanceOf(Outcome.Later.class);
        permits.answer(GRANTED, UNKNOWN);
        assertThat(around(Given.message("a"))).isInstanceOf(Outcome.Later.class);

        assertThat(around.passed).isEmpty();
        assertThat(permits.asked).last().isEqualTo("ended t.x null");
    }

    @Test
    void countsByTheValueOfAnArgument() {
        limits = new SharedLimits(1, null, new LimitKey("customer", 1, TextNode.valueOf("nobody")));
        var json = JsonNodeFactory.instance;
        var message = Given.message("a").toBuilder();

        around(message.args(json.arrayNode().add("x").add("ada")).build());
        around(message.args(json.arrayNode().add("x").add(7)).build());
        around(message.args(json.arrayNode().add("x")).build());
        around(message.kwargs(json.objectNode().put("customer", "bob")).build());

        assertThat(permits.asked.stream().filter(asked -> asked.startsWith("run")))
                .containsExactly("run t.x ada 1", "run t.x 7 1", "run t.x nobody 1", "run t.x bob 1");
    }

    @Test
    void waitsLongerEachTimeUpToAMinute() {
        permits.answer(FULL, GRANTED);

        assertThat(step.around(job(Given.message("a"), 3), around))
                .isEqualTo(new Outcome.Later(Duration.ofSeconds(12), new Outcome.BehindOthers(4)));
        assertThat(LimitStep.pause(0, 0.5)).isEqualTo(Duration.ofMillis(2_250));
        assertThat(LimitStep.pause(4, 1)).isEqualTo(Duration.ofSeconds(48));
        assertThat(LimitStep.pause(5, 0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(LimitStep.pause(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void believesNoCountBelowZero() {
        permits.answer(FULL, GRANTED);

        assertThat(step.around(job(Given.message("a"), -5), around))
                .isEqualTo(new Outcome.Later(Duration.ofMillis(1_500), new Outcome.BehindOthers(1)));
    }

    private Outcome around(TaskMessage message) {
        return step.around(job(message, 0), around);
    }

    private Job job(TaskMessage message, int putOff) {
        var wire = Given.wire(Given.wire(message), Map.of(JtaskHeaders.PUT_OFF, putOff));
        return new Job(
                Given.delivery(wire, new FakeReceipt()),
                message,
                Given.DEFINITION.withOptions(TaskOptions.DEFAULT.withSharedLimits(limits)),
                SettableClock.START);
    }
}
