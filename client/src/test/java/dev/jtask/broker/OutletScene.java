package dev.jtask.broker;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// An outlet and the broker that it writes to.
abstract class OutletScene {

    static final Duration SOON = Duration.ofSeconds(60);

    @Nullable
    Outlet outlet;

    @AfterEach
    void close() {
        if (outlet != null) {
            outlet.close();
        }
    }

    /// Confirms some time after the publish, so that others are in flight; one text ends the channel or the connection.
    static FakeConnection.Broker confirmingLate(String bad, ShutdownSignalException end) {
        return (channel, message) -> {
            if (new String(message.body(), Parcels.TEXT).equals(bad)) {
                if (end.isHardError()) {
                    channel.connection().close(end);
                } else {
                    channel.close(end);
                }
                return;
            }
            CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> {
                if (channel.isOpen()) {
                    try {
                        channel.confirm(message.sequence());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            });
        };
    }

    static void confirmAll(FakeLine line) throws IOException {
        for (var channel : line.last().channels) {
            channel.confirmUpTo(Long.MAX_VALUE);
        }
    }

    Outlet outlet() {
        return Objects.requireNonNull(outlet);
    }

    List<CompletableFuture<@Nullable Void>> send(FakeLine line, String... texts) {
        outlet = new Outlet(line, "test");
        var sent = new ArrayList<CompletableFuture<@Nullable Void>>();
        for (var text : texts) {
            sent.add(send(Parcels.reply("q", text)));
        }
        return sent;
    }

    CompletableFuture<@Nullable Void> send(Parcel parcel) {
        return send(Publication.Way.TOGETHER, parcel);
    }

    CompletableFuture<@Nullable Void> send(Publication.Way way, Parcel parcel) {
        return send(way, parcel, Parcels.ENDLESS);
    }

    CompletableFuture<@Nullable Void> send(Publication.Way way, Parcel parcel, Patience patience) {
        var publication = new Publication(parcel, patience, way, outlet()::accept);
        outlet().accept(publication);
        return publication.done();
    }

    static List<String> texts(FakeLine line) {
        return line.published().stream()
                .map(message -> new String(message.body(), Parcels.TEXT))
                .toList();
    }
}
