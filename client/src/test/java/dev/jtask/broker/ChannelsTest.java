package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private final FakeConnection connection = new FakeConnection();

    @Test
    void aClosedConnectionIsAnIoException() {
        connection.close(Signals.network());

        assertThatThrownBy(() -> Channels.open(connection.connection()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection is closed");
    }

    @Test
    void aChannelThatIsUsedOnceIsClosedWhateverHappens() throws IOException {
        Channels.on(connection.connection(), channel -> channel.queuePurge("q"));
        assertThatThrownBy(() -> Channels.on(connection.connection(), channel -> {
                    throw new IOException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> Channels.on(connection.connection(), channel -> {
                    connection.channels.get(2).close(Signals.network());
                    channel.queuePurge("q");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection is closed");

        assertThat(connection.channels).hasSize(3).noneMatch(FakeChannel::isOpen);
    }

    @Test
    void aClosedChannelMayBeClosed() throws IOException {
        var channel = Channels.open(connection.connection());
        Channels.close(channel);
        Channels.close(channel);

        assertThat(channel.isOpen()).isFalse();
    }
}
