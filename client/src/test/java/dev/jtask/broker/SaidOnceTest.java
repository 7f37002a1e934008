package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SaidOnceTest {

    @Test
    void oneReasonIsSaidByOneForAll() {
        var said = new SaidOnce();

        assertThat(said.isNew("no such vhost", 0)).isTrue();
        assertThat(said.isNew("no such vhost", 1)).isFalse();
        assertThat(said.isNew("wrong password", 2)).isTrue();
        assertThat(said.isNew("no such vhost", 3)).isTrue();
        assertThat(said.isNew("no such vhost", TimeUnit.MINUTES.toNanos(1))).isTrue();
    }
}
