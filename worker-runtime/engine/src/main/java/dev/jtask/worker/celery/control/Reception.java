package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.run.SparseLog;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one request after the other: reads it, runs it when it is for this worker, and sends the reply.
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /// Twice what 50,000 revoked ids take.
    private static final int LONGEST_REQUEST = 8 * 1024 * 1024;

    /// Below what brokers take by default.
    private static final int LONGEST_REPLY = 8 * 1024 * 1024;

    private final String node;
    private final Dispatcher dispatcher;
    private final LamportClock lamport;
    private final SparseLog ignored = new SparseLog(LOG);

    Reception(String node, Dispatcher dispatcher, LamportClock lamport) {
        this.node = node;
        this.dispatcher = dispatcher;
        this.lamport = lamport;
    }

    /// @throws IOException when reading it would cost too much
    static void requireShort(WireMessage message) throws IOException {
        int length = message.body().length;
        if (length > LONGEST_REQUEST) {
            throw new IOException("it has %d bytes, and at most %d are read".formatted(length, LONGEST_REQUEST));
        }
    }

    void receive(WireMessage message, Replies replies) {
        ControlRequest request;
        try {
            requireShort(message);
            request = ControlRequest.decode(message);
        } catch (IOException e) {
            ignored.warn("a request of remote control is ignored: " + AuditLine.shown(String.valueOf(e.getMessage())));
            return;
        }
        lamport.adjust(request.clock());
        if (!request.audience().includes(node)) {
            return;
        }
        LOG.debug("remote control: {}", AuditLine.shown(request.method()));
        var reply = dispatcher.run(request, AuditLine.who(request, message));
        var returnTo = request.returnTo();
        if (reply.isPresent() && returnTo != null) {
            send(request, reply.get(), returnTo, replies);
        }
    }

    private void send(ControlRequest request, JsonNode reply, ReturnAddress returnTo, Replies replies) {
        try {
            var message = request.reply(node, reply, lamport.forward()).encode();
            if (message.body().length > LONGEST_REPLY) {
                var tooLong = Answers.error("the answer has %d bytes, and a message at most %d"
                        .formatted(message.body().length, LONGEST_REPLY));
                message = request.reply(node, tooLong, lamport.forward()).encode();
            }
            replies.send(Pidbox.toSender(returnTo.key()), message);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a reply was lost", e);
        }
    }
}
