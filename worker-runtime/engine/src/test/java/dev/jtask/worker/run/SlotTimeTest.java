package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTimeTest {

    private long now;
    private final SlotTime time = new SlotTime(() -> now);

    @Test
    void growsWhileATaskRuns() {
        time.begin("orders");
        time.begin("orders");
        now += 3_000_000_000L;
        assertThat(time.of("orders").busySeconds()).isEqualTo(6);
        assertThat(time.of("orders").ended()).isZero();

        time.end("orders");
        now += 1_000_000_000L;
        assertThat(time.of("orders").busySeconds()).isEqualTo(7);
        assertThat(time.of("orders").ended()).isEqualTo(1);
    }

    @Test
    void keepsQueuesApartAndTellsOfNewOnes() {
        List<String> told = new ArrayList<>();
        time.tell(tally -> told.add(tally.queue()));

        time.begin("orders");
        time.begin("mails");
        now += 1_000_000_000L;
        time.end("mails");
        time.begin("orders");

        assertThat(told).containsExactly("orders", "mails");
        assertThat(time.of("orders").ended()).isZero();
        assertThat(time.of("mails").busySeconds()).isEqualTo(1);
    }
}
