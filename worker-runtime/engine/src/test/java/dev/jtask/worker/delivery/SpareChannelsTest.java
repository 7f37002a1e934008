package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SpareChannelsTest {

    private final AtomicInteger opened = new AtomicInteger();
    private FakeConnection connection = new FakeConnection();
    private boolean away;
    private final SpareChannels channels = new SpareChannels(
            () -> {
                opened.incrementAndGet();
                if (away) {
                    throw new IOException("nobody listens");
                }
                return connection.connection();
            },
            channel -> channel.confirmSelect());

    @Test
    void openOneConnectionWhenItIsNeeded() throws IOException {
        assertThat(opened).hasValue(0);
        channels.borrow();
        channels.borrow();

        assertThat(opened).hasValue(1);
        assertThat(connection.channels).hasSize(2);
        assertThat(connection.calls).containsExactly("confirmSelect", "confirmSelect");
    }

    @Test
    void lendAChannelAgainThatCameBackWell() throws IOException {
        var first = channels.borrow();
        channels.giveBack(first);
        assertThat(channels.borrow()).isSameAs(first);
        channels.giveBack(first);
        connection.channels.getFirst().close(Ends.refused(404, "NOT_FOUND"));
        assertThat(channels.borrow()).isNotSameAs(first);
    }

    @Test
    void openTheConnectionAnewAfterALoss() throws IOException {
        channels.giveBack(channels.borrow());
        connection.close(Ends.network());
        connection = new FakeConnection();

        assertThat(channels.borrow().isOpen()).isTrue();
        assertThat(opened).hasValue(2);
    }

    @Test
    void doNotTryForEachWhileThereIsNoBroker() {
        away = true;

        assertThatThrownBy(channels::borrow).isInstanceOf(IOException.class).hasMessage("nobody listens");
        assertThatThrownBy(channels::borrow).isInstanceOf(IOException.class).hasMessage("nobody listens");
        assertThat(opened).hasValue(1);
    }

    @Test
    void closeWhatIsDiscarded() throws IOException {
        var channel = channels.borrow();
        channels.discard(channel);

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !channel.isOpen());
    }

    @Test
    void endWithTheWorker() throws IOException {
        var channel = channels.borrow();
        channels.close();

        assertThat(channels.isClosed()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(channels::borrow).hasMessageContaining("stopped");
    }
}
