package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.broker.SignalChannel;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.run.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals in RabbitMQ, over a connection that the first task opens which waits for one.
public final class BrokerSignals implements Signals, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerSignals.class);
    private static final long PATIENCE_S = 10;
    /// A connection has some two thousand channels, and there may be more slots and more endings under way.
    private static final int AT_ONCE = 64;

    private final SpareChannels channels;
    private final Executor background;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /// What is asked of the broker.
    @FunctionalInterface
    private interface Question<T> {
        T ask(SignalChannel signals) throws IOException;
    }

    public BrokerSignals(BrokerOptions broker, String nodeName) {
        this(() -> BrokerConnections.open(broker.named(nodeName + " waits for signals")), Thread::startVirtualThread);
    }

    BrokerSignals(Opening opening, Executor background) {
        this.channels = new SpareChannels(opening, Channel::confirmSelect);
        this.background = background;
    }

    @Override
    public Answer look(SignalPlace at, String backTo) {
        try {
            if (!turns.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                return new Answer.Unknown("others wait for the broker for %d s".formatted(PATIENCE_S));
            }
            try {
                return on(signals -> {
                    var value = signals.look(at);
                    if (value.isPresent()) {
                        return new Answer.There(value.get());
                    }
                    signals.prepare(at, backTo);
                    return new Answer.Missing();
                });
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("interrupted");
        } catch (IOException e) {
            return SignalChannel.isRefused(e) ? new Answer.Refused(why(e)) : new Answer.Unknown(why(e));
        }
    }

    @Override
    public void discard(SignalPlace at, Predicate<WireMessage> condition) {
        try {
            if (turns.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                try {
                    on(signals -> signals.discard(at, condition));
                } finally {
                    turns.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("a value of signal '{}' stays until it is looked at again", at.signal(), e);
        }
    }

    @Override
    public CompletableFuture<?> park(SignalPlace at, String backTo, WireMessage message) {
        var parked = new CompletableFuture<SignalPlace>();
        background.execute(() -> {
            turns.acquireUninterruptibly();
            try {
                parked.complete(on(signals -> {
                    signals.park(at, backTo, message);
                    // who gave it meanwhile has not seen the message, or has woken it already
                    if (signals.look(at).isPresent()) {
                        signals.wake(at);
                    }
                    return at;
                }));
            } catch (IOException e) {
                parked.completeExceptionally(
                        SignalChannel.isRefused(e)
                                ? new IllegalStateException(why(e), e)
                                : new UncheckedIOException(why(e), e));
            } catch (RuntimeException | Error e) { // whoever waits for the message hears of whatever is wrong with it
                parked.completeExceptionally(e);
            } finally {
                turns.release();
            }
        });
        return parked;
    }

    @Override
    public void forget(SignalPlace at, @Nullable String value) {
        background.execute(() -> {
            turns.acquireUninterruptibly();
            try {
                // somebody may have sent a task with the same id since
                if (!on(signals -> signals.isWaitedFor(at))) {
                    on(signals -> {
                        signals.forget(at, value);
                        return at;
                    });
                }
            } catch (IOException e) {
                LOG.debug("the queues of signal '{}' stay until they expire", at.signal(), e);
            } finally {
                turns.release();
            }
        });
    }

    @Override
    public void close() {
        channels.close();
    }

    private <T> T on(Question<T> question) throws IOException {
        var channel = channels.borrow();
        try {
            var answer = question.ask(new SignalChannel(channel));
            channels.giveBack(channel);
            return answer;
        } catch (ShutdownSignalException e) {
            channels.discard(channel);
            throw new IOException("the connection is closed", e);
        } catch (IOException | RuntimeException e) {
            channels.discard(channel);
            throw e;
        }
    }

    private static String why(IOException failure) {
        var why = String.valueOf(Queues.reason(failure));
        if (why.contains("ACCESS_REFUSED")) {
            return why + "; let the worker's user configure and read jtask\\.signals\\..*, and write to amq.default";
        }
        return why.contains("x-dead-letter-routing-key")
                ? why
                        + "; a task of this id has waited for another queue: delete the queue that is named, or send the task"
                        + " with an id of its own"
                : why;
    }
}
