package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Signals and the tasks that wait for them, in RabbitMQ. Who gives a signal writes its value and then wakes the task;
/// a task puts its message down and then looks for the value: each writes before it reads, so that one of them sees the
/// other, and nobody has to ask again and again.
///
/// Every call waits for the broker. After an exception the channel is of no use any more.
public final class SignalChannel {

    private static final long PATIENCE_S = 10;

    private final Channel channel;

    /// @param channel that confirms
    public SignalChannel(Channel channel) {
        this.channel = channel;
    }

    /// Keeps a value until it is taken.
    ///
    /// @return false when there is one already, which stays
    public boolean put(SignalPlace place, WireMessage value) throws IOException {
        declareValue(place);
        return publish(place.value(), value);
    }

    /// The value, which stays; empty when there is none yet.
    ///
    /// @throws OversizedException when it is too large to be read
    public Optional<WireMessage> look(SignalPlace place) throws IOException {
        declareValue(place);
        var taken = take(place.value(), true);
        return isMessage(taken)
                ? Optional.of(
                        AmqpMessages.fromAmqp((AMQP.BasicProperties) taken.getContentHeader(), taken.getContentBody()))
                : Optional.empty();
    }

    /// Takes away the value that is there if it is such a one; the next may come then.
    ///
    /// @return whether it was
    public boolean discard(SignalPlace place, Predicate<WireMessage> condition) throws IOException {
        declareValue(place);
        var there = channel.basicGet(place.value(), false);
        if (there == null) {
            return false;
        }
        // the very one that was looked at: another may have come since
        boolean such = condition.test(AmqpMessages.fromAmqp(there.getProps(), there.getBody()));
        long tag = there.getEnvelope().getDeliveryTag();
        if (such) {
            channel.basicAck(tag, false);
        } else {
            channel.basicReject(tag, true);
        }
        return such;
    }

    /// Makes sure that the message of a task has where to wait.
    ///
    /// @param backTo the task's own queue
    public void prepare(SignalPlace place, String backTo) throws IOException {
        channel.queueDeclare(place.task(), true, false, false, SignalPlace.taskArguments(backTo));
    }

    /// Lets the message of a task wait, until its expiration at the longest. Afterwards the broker surely has it.
    public void park(SignalPlace place, String backTo, WireMessage message) throws IOException {
        prepare(place, backTo);
        // an earlier try, or run, may have come through after all
        channel.queuePurge(place.task());
        if (!publish(place.task(), message)) {
            throw new IOException("queue '%s' refuses the message".formatted(place.task()));
        }
    }

    /// Sends the message of a waiting task back to its own queue; nothing when none waits.
    public void wake(SignalPlace place) throws IOException {
        try {
            boolean more = true;
            while (more) {
                more = isMessage(take(place.task(), false));
            }
        } catch (IOException e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
    }

    /// Whether the message of a task waits there.
    public boolean isWaitedFor(SignalPlace place) throws IOException {
        try {
            return channel.queueDeclarePassive(place.task()).getMessageCount() > 0;
        } catch (IOException e) {
            if (isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    /// Deletes the place where a task has waited, with all that is there, and the value that it got. Another value
    /// stays: it is for the next task of that id.
    ///
    /// @param value the id of its message; null where the task got none
    public void forget(SignalPlace place, @Nullable String value) throws IOException {
        channel.queueDelete(place.task());
        var there = look(place);
        if (there.isEmpty() || isThis(there.get(), value)) {
            // an empty one only while it is: the broker refuses it where a value has come since
            channel.queueDelete(place.value(), false, there.isEmpty());
        }
    }

    private static boolean isThis(WireMessage message, @Nullable String id) {
        return id != null && id.equals(message.properties().others().messageId());
    }

    /// Whether the broker has said no, and would again.
    public static boolean isRefused(IOException failure) {
        return failure instanceof OversizedException || Refusals.isAnswer(failure);
    }

    private void declareValue(SignalPlace place) throws IOException {
        channel.queueDeclare(place.value(), true, false, false, SignalPlace.valueArguments());
    }

    /// Takes a message and lets go of it in the same breath: whoever dies here holds nothing that others miss.
    private Command take(String queue, boolean back) throws IOException {
        try {
            var asked = channel.asyncCompletableRpc(
                    new AMQP.Basic.Get.Builder().queue(queue).build());
            // of all that this channel holds, which is nothing else, and nothing at all where the queue is empty
            channel.basicNack(0, true, back);
            return asked.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("queue '%s' cannot be read".formatted(queue), e.getCause());
        } catch (ShutdownSignalException e) {
            throw new IOException("queue '%s' cannot be read: the channel was closed".formatted(queue), e);
        } catch (TimeoutException e) {
            throw new IOException("queue '%s' does not answer in %d s".formatted(queue, PATIENCE_S), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for queue '%s'".formatted(queue), e);
        }
    }

    private static boolean isMessage(Command answer) {
        return answer.getMethod() instanceof AMQP.Basic.GetOk;
    }

    private boolean publish(String queue, WireMessage message) throws IOException {
        try {
            channel.basicPublish(
                    "", queue, AmqpMessages.toAmqp(message.properties()).build(), message.body());
            return channel.waitForConfirms(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        } catch (ShutdownSignalException e) {
            throw new IOException("queue '%s' did not confirm: the channel was closed".formatted(queue), e);
        } catch (TimeoutException e) {
            throw new IOException("queue '%s' did not confirm in %d s".formatted(queue, PATIENCE_S), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for queue '%s'".formatted(queue), e);
        }
    }

    private static boolean isMissing(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.NOT_FOUND
                && !Refusals.isAway(signal);
    }
}
