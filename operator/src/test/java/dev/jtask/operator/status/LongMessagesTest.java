package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.scaling.PoolView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongMessagesTest extends StatusesScene {

    @Test
    void noMessageIsTooLongToBeKept() {
        var seen = view(seen("orders", "mails"), Reason.DrainTime);
        var hindered = new PoolView(
                seen.probe(),
                seen.missing(),
                Map.of("orders", "queue orders cannot be created: " + "x".repeat(1 << 20)),
                seen.decision(),
                seen.changes(),
                seen.nextWindow(),
                "refused: " + "x".repeat(1 << 20));

        var status = compute(USABLE, deployment(20, 20, 20), List.of(), hindered);

        assertThat(status.conditions())
                .allSatisfy(condition -> assertThat(condition.getMessage()).hasSizeLessThan(5_000));
        assertThat(condition(status, Conditions.READY).getMessage()).startsWith("refused: xxx");
    }
}
