package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.topology.NotFound;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What the broker means when it closes a channel or a connection.
final class Refusals {

    private Refusals() {}

    /// The broker has said no to one command, and would again: it closes the channel then, and leaves the connection
    /// open.
    static boolean isAnswer(Throwable failure) {
        var signal = signal(failure);
        return signal != null && isAnswer(signal);
    }

    static boolean isAnswer(ShutdownSignalException signal) {
        return !signal.isHardError()
                && !signal.isInitiatedByApplication()
                && signal.getReason() instanceof AMQP.Channel.Close
                && !isAway(signal);
    }

    /// The broker has said no since the queue's node is away; it says yes when that is back.
    static boolean isAway(Throwable failure) {
        if (failure instanceof UnansweredException) {
            return true;
        }
        var signal = signal(failure);
        return signal != null
                && signal.getReason() instanceof AMQP.Channel.Close
                && ((AMQP.Channel.Close) signal.getReason()).getReplyCode() == AMQP.NOT_FOUND
                && NotFound.isAway(words(signal));
    }

    /// The broker cannot bear what was said on the connection, and closes it; unlike one that is stopped, or a network
    /// that fails.
    static boolean isProtest(ShutdownSignalException signal) {
        return signal.isHardError()
                && !signal.isInitiatedByApplication()
                && signal.getReason() instanceof AMQP.Connection.Close
                && ((AMQP.Connection.Close) signal.getReason()).getReplyCode() != AMQP.CONNECTION_FORCED;
    }

    /// It did so while this command was under way, and not before.
    static boolean hasProtested(Throwable failure) {
        var signal = signal(failure);
        return signal != null && !(signal instanceof AlreadyClosedException) && isProtest(signal);
    }

    /// The broker has not answered: in time, or before the connection was gone.
    static boolean isSilence(Throwable failure) {
        var signal = signal(failure);
        return isLate(failure) || (signal != null && signal.isHardError());
    }

    /// The connection is gone, or has nobody at its other end, or its owner has ended what was on it.
    static boolean isLoss(Throwable failure) {
        var signal = signal(failure);
        if (signal != null) {
            return signal.isHardError() || signal.isInitiatedByApplication();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    /// The broker has not answered in time, on a connection that may be a good one.
    static boolean isLate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChannelContinuationTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /// The broker's own words, without the client library's around them.
    static String words(ShutdownSignalException signal) {
        if (signal.getReason() instanceof AMQP.Channel.Close) {
            return ((AMQP.Channel.Close) signal.getReason()).getReplyText();
        }
        if (signal.getReason() instanceof AMQP.Connection.Close) {
            return ((AMQP.Connection.Close) signal.getReason()).getReplyText();
        }
        return signal.isHardError() ? "the connection was lost" : "the channel was closed";
    }

    /// Why something failed: the broker's words where it said any, else the first that was said at all.
    static String why(Throwable failure) {
        var signal = signal(failure);
        if (signal != null
                && (signal.getReason() instanceof AMQP.Connection.Close
                        || signal.getReason() instanceof AMQP.Channel.Close)) {
            return words(signal);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return "the connection was ended before it was open";
    }

    private static @Nullable ShutdownSignalException signal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException) {
                return (ShutdownSignalException) cause;
            }
        }
        return null;
    }
}
