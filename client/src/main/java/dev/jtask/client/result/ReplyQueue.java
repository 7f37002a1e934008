package dev.jtask.client.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.seal.Seal;
import dev.jtask.seal.SealException;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one queue on which a client gets all its results (Celery's `rpc://` backend).
final class ReplyQueue implements ReplySource {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyQueue.class);

    private final String name = UUID.randomUUID().toString();
    private final Waiting waiting;
    private final Seal seal;

    private ReplyQueue(Waiting waiting, Seal seal) {
        this.waiting = waiting;
        this.seal = seal;
    }

    static ReplyQueue in(Inbox inbox, Waiting waiting, Seal seal) throws IOException {
        var replies = new ReplyQueue(waiting, seal);
        inbox.listen(replies.name, replies::receive, replies::unread);
        return replies;
    }

    @Override
    public String address() {
        return name;
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Predicate<ResultMessage> isPast) {
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<Void> find(String taskId) {
        throw new UnsupportedOperationException(
                "the result of task %s is not kept: over rpc:// it goes to the client that sent the task and to no other; give this client and the workers resultBackend(\"redis://…\")"
                        .formatted(taskId));
    }

    @Override
    public void leave(String taskId) {}

    /// The queue ends with its inbox, which is not ours.
    @Override
    public void close() {}

    private void receive(WireMessage message) {
        try {
            var opened = seal.messages().open(message);
            try {
                waiting.report(ResultCodec.decode(opened), seal.values());
            } catch (IOException e) {
                unreadable(opened, e);
            }
        } catch (SealException e) {
            LOG.warn("ignoring a message on the reply queue that nobody known has sent: {}", e.getMessage());
        }
    }

    /// What its state is nobody here knows, and for an end of the task nobody would wait in vain.
    private void unread(OversizedException why) {
        LOG.warn("a message on the reply queue cannot be read: {}", why.getMessage());
        waiting.abandon(why.correlationId(), Waiting.UNREADABLE, why);
    }

    /// Whoever waits for it is told: no other result will come.
    private void unreadable(WireMessage message, IOException cause) {
        var why = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        LOG.warn("a message on the reply queue cannot be read: {}", why);
        var id = message.properties().correlationId();
        if (id != null && !ResultCodec.isOnTheWay(message.body())) {
            waiting.abandon(id, Waiting.UNREADABLE, new IOException(why, cause));
        }
    }
}
