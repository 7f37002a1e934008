package dev.jtask.schedule;

import com.rabbitmq.client.ConfirmListener;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What the broker says to what was published on one channel. Its connection's thread tells, the scheduler's waits.
final class Confirms implements ConfirmListener {

    private final NavigableMap<Long, Answer> answers = new TreeMap<>();
    private boolean over;

    enum Answer {
        NONE,
        TAKEN,
        REFUSED
    }

    /// To be called before what has this number is published.
    synchronized long expect(long number) {
        answers.put(number, Answer.NONE);
        return number;
    }

    /// Returns once everything is answered, or nothing will be any more, or the time is over.
    synchronized void await(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (left > 0 && !over && answers.containsValue(Answer.NONE)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /// And forgets it.
    synchronized Answer take(long number) {
        var answer = answers.remove(number);
        return answer == null ? Answer.NONE : answer;
    }

    /// The channel is closed.
    synchronized void end() {
        over = true;
        notifyAll();
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        answer(number, multiple, Answer.TAKEN);
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        answer(number, multiple, Answer.REFUSED);
    }

    private synchronized void answer(long number, boolean multiple, Answer answer) {
        var meant = multiple ? answers.headMap(number, true) : answers.subMap(number, true, number, true);
        meant.replaceAll((each, before) -> before == Answer.NONE ? answer : before);
        notifyAll();
    }
}
