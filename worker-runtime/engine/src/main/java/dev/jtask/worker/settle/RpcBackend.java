package dev.jtask.worker.settle;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.seal.MessageSeal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Results are messages to the sender's reply queue, which the task names (Celery's `rpc://`).
public final class RpcBackend implements ResultBackend {

    private final Outgoing sender;
    private final MessageSeal seal;

    /// Of results that nothing protects.
    public RpcBackend(Outgoing sender) {
        this(sender, MessageSeal.NONE);
    }

    /// @param seal of the results of tasks that were signed as Celery does it
    public RpcBackend(Outgoing sender, MessageSeal seal) {
        this.sender = sender;
        this.seal = seal;
    }

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return send(to, result, Patience.RESULT);
    }

    /// Waits for a reply queue that is full: its task waits with it.
    @Override
    public CompletableFuture<?> emit(Addressee to, ResultMessage piece) {
        return send(to, piece, Patience.PIECE);
    }

    private CompletableFuture<?> send(Addressee to, ResultMessage result, Patience patience) {
        if (to.replyTo().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var message = ResultCodec.encode(result, to.correlationId());
        var sent = to.protection().contains(Protection.AUTH) ? seal.close(asAuth(message)) : message;
        return sender.send(Parcel.reply(to.replyTo(), sent), patience);
    }

    private static WireMessage asAuth(WireMessage message) {
        Map<String, @Nullable Object> headers =
                Map.of(JtaskHeaders.PROTECTION, Protection.words(Set.of(Protection.AUTH)));
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }
}
