package dev.jtask.worker.settle;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Results are messages to the sender's reply queue, which the task names (Celery's `rpc://`).
public final class RpcBackend implements ResultBackend {

    private final Outgoing sender;

    public RpcBackend(Outgoing sender) {
        this.sender = sender;
    }

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return to.replyTo().isEmpty()
                ? CompletableFuture.completedFuture(null)
                : sender.send(
                        Parcel.reply(to.replyTo(), ResultCodec.encode(result, to.correlationId())), Patience.RESULT);
    }
}
