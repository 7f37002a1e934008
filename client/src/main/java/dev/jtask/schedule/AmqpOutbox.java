package dev.jtask.schedule;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.schedule.Confirms.Answer;
import dev.jtask.seal.MessageSeal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends over the connection that holds the lock, and waits for the broker to confirm. No transaction: for a quorum
/// queue that refuses, or has no leader, RabbitMQ answers a commit with yes and drops what was sent.
final class AmqpOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpOutbox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final MessageSeal seal;
    private final Questions questions;
    private Channel channel;
    private Confirms confirms = new Confirms();
    private volatile @Nullable String returned;
    private volatile boolean noteReturned;
    /// The connection is there, and nothing is answered on it.
    private boolean mute;

    AmqpOutbox(Connection connection, MessageSeal seal) throws IOException {
        this.connection = connection;
        this.seal = seal;
        this.questions = new Questions(connection);
        this.channel = open();
    }

    @Override
    public boolean send(Route route, WireMessage task, @Nullable LastRuns note) throws IOException {
        var closed = seal.close(task);
        var properties = AmqpMessages.toAmqp(closed.properties()).build();
        try {
            // each time: a queue that was deleted meanwhile comes back
            questions.see(route.name(), () -> Queues.ensure(connection, route));
        } catch (IOException e) {
            // one queue's own silence has another name there
            mute |= Channels.isSilent(e);
            throw e;
        }
        var kept = note != null && isPlaced(note) ? note : null;
        var open = reopened();
        boolean done = false;
        try {
            long first = confirms.expect(open.getNextPublishSeqNo());
            open.basicPublish(route.exchange(), route.routingKey(), true, properties, closed.body());
            long second = kept == null ? first : confirms.expect(open.getNextPublishSeqNo());
            if (kept != null) {
                kept.publish(open);
            }
            await(open);
            require(route.name(), confirms.take(first));
            boolean isKept = kept != null && confirms.take(second) == Answer.TAKEN && !noteReturned;
            done = isKept || kept == null;
            return isKept;
        } finally {
            end(open, done);
        }
    }

    @Override
    public boolean keep(LastRuns note) throws IOException {
        if (!isPlaced(note)) {
            throw new UnconfirmedException(note.queue());
        }
        var open = reopened();
        boolean done = false;
        try {
            long number = confirms.expect(open.getNextPublishSeqNo());
            note.publish(open);
            await(open);
            var answer = confirms.take(number);
            if (answer == Answer.NONE) {
                throw unanswered(note.queue());
            }
            done = true;
            return answer == Answer.TAKEN && !noteReturned;
        } finally {
            end(open, done);
        }
    }

    @Override
    public boolean isOpen() {
        return !mute && connection.isOpen();
    }

    /// Each time as well. Where it cannot be had the tasks are sent nevertheless.
    ///
    /// @return false where nothing is answered about it
    private boolean isPlaced(LastRuns note) throws IOException {
        try {
            note.ensure(connection);
        } catch (IOException e) {
            if (!connection.isOpen()) {
                throw e;
            }
            LOG.debug("the last runs cannot be kept", e);
            if (Channels.isSilent(e)) {
                mute = !Channels.answers(connection);
                return false;
            }
        }
        return true;
    }

    private Channel reopened() throws IOException {
        if (mute) {
            throw new IOException("the broker answers nothing");
        }
        if (!channel.isOpen()) {
            channel = open();
        }
        returned = null;
        noteReturned = false;
        return channel;
    }

    private void await(Channel open) throws IOException {
        try {
            confirms.await(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the broker was to confirm");
        }
        var reason = open.getCloseReason();
        if (reason != null) {
            throw new IOException("the channel was closed", reason);
        }
    }

    private void require(String queue, Answer answer) throws IOException {
        switch (answer) {
            case NONE -> throw unanswered(queue);
            case REFUSED -> throw new IOException("the queue refuses it; is it full, or without a leader?");
            case TAKEN -> {
                var reply = returned;
                if (reply != null) {
                    throw new IOException("no queue takes it (broker: %s)".formatted(reply));
                }
            }
        }
    }

    /// One queue's own trouble, where the broker answers for others.
    private IOException unanswered(String queue) {
        mute = !Channels.answers(connection);
        return mute ? new IOException("the broker answers nothing") : new UnconfirmedException(queue);
    }

    private void end(Channel open, boolean done) {
        if (!done && !mute) {
            // what was not answered is not waited for with the next
            Channels.close(open);
        }
    }

    private Channel open() throws IOException {
        var opened = Channels.open(connection);
        var answers = new Confirms();
        opened.addConfirmListener(answers);
        opened.addShutdownListener((ShutdownSignalException signal) -> answers.end());
        opened.addReturnListener(message -> {
            if (LastRuns.isNote(message)) {
                noteReturned = true;
            } else {
                returned = message.getReplyText();
            }
        });
        opened.confirmSelect();
        confirms = answers;
        return opened;
    }
}
