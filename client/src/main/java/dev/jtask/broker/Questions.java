package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What is asked of the broker about one queue after the other. RabbitMQ 4 says nothing for a minute of a classic queue
/// whose node is away, and answers for all others meanwhile: whoever has waited in vain for one waits no more, and the
/// question is put again beside everything else. For one connection.
public final class Questions {

    private final Connection connection;
    private final Map<String, FutureTask<?>> open = new ConcurrentHashMap<>();

    /// What is asked.
    @FunctionalInterface
    public interface Question<T> {

        /// @throws IOException with the broker's words, or since it does not answer
        T ask() throws IOException;
    }

    /// What is made sure of.
    @FunctionalInterface
    public interface Deed {

        /// @throws IOException with the broker's words, or since it does not answer
        void run() throws IOException;
    }

    public Questions(Connection connection) {
        this.connection = connection;
    }

    /// Asks, and waits only where the broker has not been silent about the same before.
    ///
    /// @param about the queue, or what stands for it
    /// @throws UnansweredException while the broker answers for others, but not for this
    /// @throws IOException what the question throws
    public <T> T ask(String about, Question<T> question) throws IOException {
        @SuppressWarnings("unchecked") // the same is asked about the same
        var asked = (FutureTask<T>) open.get(about);
        if (asked == null) {
            return here(about, question);
        }
        if (!asked.isDone()) {
            throw unanswered(about);
        }
        open.remove(about);
        return answer(about, question, asked);
    }

    /// The same where all that matters is that it is answered.
    public void see(String about, Deed deed) throws IOException {
        ask(about, () -> {
            deed.run();
            return true;
        });
    }

    private <T> T here(String about, Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (IOException e) {
            if (!Refusals.isLate(e) || !Channels.answers(connection)) {
                throw e;
            }
            askBeside(about, question);
            throw unanswered(about);
        }
    }

    private <T> T answer(String about, Question<T> question, FutureTask<T> asked) throws IOException {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(about);
        } catch (ExecutionException e) {
            if (Refusals.isLate(e) && connection.isOpen()) {
                askBeside(about, question);
                throw unanswered(about);
            }
            // of the same kind as if it had been asked here
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    private <T> void askBeside(String about, Question<T> question) {
        Callable<T> call = question::ask;
        var task = new FutureTask<>(call);
        open.put(about, task);
        var thread = new Thread(task, "asks-again");
        thread.setDaemon(true);
        thread.start();
    }

    private static UnansweredException unanswered(String about) {
        return new UnansweredException(
                "the broker answers for others, but not for '%s'; is the queue's node up?".formatted(about));
    }
}
