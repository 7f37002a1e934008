package dev.jtask.client.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.events.CeleryEvent.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBufferTest {

    private static final Source SOURCE = new Source("w1@h", 12, Instant.EPOCH, 1);

    private final Tally dropped = new Tally("events");
    private final EventBuffer buffer = new EventBuffer(3, 100, dropped);

    @Test
    void eventsComeInTheirOrder() throws InterruptedException {
        put("a", 1);
        put("b", 1);

        assertThat(take()).isEqualTo("a");
        assertThat(take()).isEqualTo("b");
        assertThat(dropped.count()).isZero();
    }

    @Test
    void theOldestGivesWay() throws InterruptedException {
        put("a", 1);
        put("b", 1);
        put("c", 1);
        put("d", 1);

        assertThat(take()).isEqualTo("b");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void largeOnesTakeTheRoomOfSeveral() throws InterruptedException {
        put("a", 40);
        put("b", 40);
        put("c", 40);

        assertThat(take()).isEqualTo("b");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void oneThatIsLargerThanTheBufferIsToldAlone() throws InterruptedException {
        put("a", 1);
        put("huge", 1000);

        assertThat(take()).isEqualTo("huge");
        put("b", 100);
        assertThat(take()).isEqualTo("b");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void nothingComesOutOfAClosedOne() throws InterruptedException {
        put("a", 1);
        buffer.close();
        put("b", 1);

        assertThat(buffer.take()).isEmpty();
        assertThat(dropped.count()).isZero();
    }

    private void put(String id, long size) {
        buffer.put(new CeleryEvent.Started(SOURCE, id), size);
    }

    private String take() throws InterruptedException {
        return buffer.take()
                .map(event -> ((CeleryEvent.Started) event).taskId())
                .orElse("nothing");
    }
}
