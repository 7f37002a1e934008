package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FullRoutesTest {

    private final FullRoutes full = new FullRoutes();

    @Test
    void eachIsToldOfAtOnceAndThenNowAndThen() {
        assertThat(full.isNew("orders", 0)).isTrue();
        assertThat(full.isNew("orders", TimeUnit.MINUTES.toNanos(5))).isFalse();
        assertThat(full.isNew("mails", TimeUnit.MINUTES.toNanos(5))).isTrue();
        assertThat(full.isNew("orders", TimeUnit.MINUTES.toNanos(11))).isTrue();
        assertThat(full.isNew("orders", TimeUnit.MINUTES.toNanos(12))).isFalse();
    }

    @Test
    void namesWithoutEndTakeNoMemoryWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(full.isNew("reply-" + i, i)).isTrue();
        }

        assertThat(full.isNew("reply-0", 10_000)).as("forgotten").isTrue();
    }
}
