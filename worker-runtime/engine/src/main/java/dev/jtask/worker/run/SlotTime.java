package dev.jtask.worker.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// How long slots were busy for each queue and how many runs are over: totals that grow while a task runs, so that the
/// time that tasks take shows before they end.
public final class SlotTime {

    private final Map<String, Tally> queues = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private volatile Consumer<Tally> fresh = tally -> {};

    /// @param nanos a clock that only goes forward
    SlotTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// The totals of one queue.
    public final class Tally {

        private final String queue;
        private long running;
        private long ended;
        private long busy;
        private long last = nanos.getAsLong();

        private Tally(String queue) {
            this.queue = queue;
        }

        public String queue() {
            return queue;
        }

        /// Slot-seconds, those of running tasks included.
        public synchronized double busySeconds() {
            advance();
            return busy / 1e9;
        }

        public synchronized long ended() {
            return ended;
        }

        private synchronized void begin() {
            advance();
            running++;
        }

        private synchronized void end() {
            advance();
            running--;
            ended++;
        }

        private void advance() {
            long now = nanos.getAsLong();
            busy += running * (now - last);
            last = now;
        }
    }

    /// Tells of each queue that is new, from now on.
    public void tell(Consumer<Tally> listener) {
        fresh = listener;
    }

    /// The totals of a queue, from zero where it is new.
    public Tally of(String queue) {
        return queues.computeIfAbsent(queue, name -> {
            var tally = new Tally(name);
            fresh.accept(tally);
            return tally;
        });
    }

    void begin(String queue) {
        of(queue).begin();
    }

    void end(String queue) {
        of(queue).end();
    }
}
