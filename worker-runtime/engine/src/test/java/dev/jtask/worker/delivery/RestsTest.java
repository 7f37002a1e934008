package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestsTest {

    @Test
    void severalReasonsAreOneRestThatEnds() {
        var rests = new Rests("q");
        assertThat(rests.reason()).isNull();
        rests.begin("the first");
        rests.begin("the second");

        assertThat(rests.reason()).isEqualTo("the first");
        await().atMost(Duration.ofSeconds(60)).until(() -> rests.reason() == null);
        rests.begin("the second");
        assertThat(rests.reason()).isEqualTo("the second");
    }
}
