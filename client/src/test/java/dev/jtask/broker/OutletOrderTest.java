package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// In which order an outlet sends what a lost connection gives back.
class OutletOrderTest extends OutletScene {

    /// What had to pause for so long would come last.
    private static final Patience PATIENT = new Patience(
            Patience.FOREVER,
            Patience.FOREVER,
            new Pauses(Duration.ofSeconds(3), Duration.ofSeconds(3)),
            Duration.ZERO);

    private final AtomicBoolean silent = new AtomicBoolean(true);

    @Test
    void whatWasUnderWayGoesBeforeWhatWaits() {
        assertThat(lostBetween(text -> send(Publication.Way.TOGETHER, Parcels.reply("q", text), PATIENT), 3))
                .containsExactly("a", "b", "c", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void soDoesWhatMustBeAlone() {
        assertThat(lostBetween(text -> send(Publication.Way.ALONE, Parcels.foreign("theirs", text), PATIENT), 1))
                .containsExactly("a", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void nothingOvertakesWhatCouldNotBeWritten() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            if (!silent.get()) {
                channel.confirm(message.sequence());
            } else if (new String(message.body(), Parcels.TEXT).equals("c")) {
                silent.set(false);
                throw new SocketException("Broken pipe");
            }
        });
        outlet = new Outlet(line, "test");
        var sent = Stream.of("a", "b", "c", "d")
                .map(text -> send(Publication.Way.TOGETHER, Parcels.reply("q", text), PATIENT))
                .toList();

        assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(texts(line)).containsExactly("a", "b", "c", "a", "b", "c", "d");
    }

    /// What is published where the connection is lost with the first of six under way.
    private List<String> lostBetween(Function<String, CompletableFuture<@Nullable Void>> sending, int underWay) {
        var line = new FakeLine(connection -> {
            if (silent.getAndSet(false)) {
                connection.broker = (channel, message) -> {};
            }
        });
        outlet = new Outlet(line, "test");
        var before = Stream.of("a", "b", "c").map(sending).toList();
        await().atMost(SOON).until(() -> line.published().size() == underWay);
        line.fail(new IOException("the broker is away"));
        line.last().close(Signals.network());
        var after = Stream.of("d", "e", "f").map(sending).toList();
        line.fail(null);

        assertThat(before).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(after).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        return texts(line);
    }
}
