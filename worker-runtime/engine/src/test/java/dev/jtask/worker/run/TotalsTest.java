package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.Given;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsTest {

    private final Totals totals = new Totals();

    @Test
    void countsTheStartsOfEachTask() {
        totals.started(Given.message("a"));
        totals.started(Given.message("b"));
        totals.started(TaskMessage.builder("c", "a.first").build());

        assertThat(totals.all()).isEqualTo(3);
        assertThat(totals.byTask()).containsExactly(entry("a.first", 1), entry("t.x", 2));
    }

    @Test
    void countsNothingElse() {
        var job = Given.job("a");
        totals.received(job);
        totals.ended(job, new Outcome.Done(NullNode.instance), Duration.ZERO);
        totals.lost(job, new Outcome.Done(NullNode.instance));

        assertThat(totals.all()).isZero();
        assertThat(totals.byTask()).isEmpty();
    }

    private static Map.Entry<String, Long> entry(String task, long count) {
        return Map.entry(task, count);
    }
}
