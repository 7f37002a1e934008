package dev.jtask.operator.depth;

import dev.jtask.operator.secret.AmqpAccess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// A broker that lets us in or not, and answers as it was told; queues that it was not told of are missing.
final class FakeLine implements Line, Line.Opener {

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean refuses;
    private volatile String silentAbout = "";

    FakeLine answers(String queue, Answer answer) {
        answers.put(queue, answer);
        return this;
    }

    void goAway() {
        away = true;
    }

    /// Says nothing when it is asked for this one.
    void isSilentAbout(String queue) {
        silentAbout = queue;
    }

    void refuse() {
        refuses = true;
    }

    void comeBack() {
        away = false;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    @Override
    public Line open(AmqpAccess access) throws IOException {
        opened.incrementAndGet();
        requireThere();
        return this;
    }

    @Override
    public void count(List<String> queues, BiConsumer<String, Answer> told) throws IOException {
        for (var queue : queues) {
            requireThere();
            asked.add(queue);
            if (queue.equals(silentAbout)) {
                throw new IOException("no answer came in time");
            }
            told.accept(queue, answers.getOrDefault(queue, new Answer.Missing()));
        }
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private void requireThere() throws IOException {
        if (away) {
            throw new NoAnswerException("away");
        }
        if (refuses) {
            throw new IOException("ACCESS_REFUSED");
        }
    }
}
