package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlowControlTest {

    @Test
    void isOpenUntilTheBrokerBlocksAndAgainAfterwards() throws IOException {
        var connection = new FakeConnection();
        var changes = new AtomicInteger();
        var control = new FlowControl(connection.connection(), changes::incrementAndGet);
        assertThat(control.isOpen()).isTrue();
        assertThat(control.reason()).isNull();

        connection.block("low on disk");
        assertThat(control.isOpen()).isFalse();
        assertThat(control.reason()).contains("low on disk");
        connection.unblock();
        assertThat(control.isOpen()).isTrue();
        assertThat(changes).hasValue(2);
    }
}
