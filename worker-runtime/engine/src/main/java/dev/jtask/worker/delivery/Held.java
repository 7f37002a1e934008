package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/// Deliveries that wait in this worker without a slot: for their turn under a rate limit, or for a moment.
final class Held {

    /// One of them.
    ///
    /// @param preference of its queue
    private record Stay(Delivery delivery, Disposition.Hold hold, int preference) {

        Instant turn() {
            return Objects.requireNonNull(hold.turn());
        }
    }

    private final ScheduledExecutorService timer;
    private final ObjIntConsumer<Delivery> ready;
    private final Map<Receipt, Stay> stays = new ConcurrentHashMap<>();

    /// @param ready takes what has waited for long enough, with the preference of its queue
    Held(ScheduledExecutorService timer, ObjIntConsumer<Delivery> ready) {
        this.timer = timer;
        this.ready = ready;
    }

    void hold(Delivery delivery, Disposition.Hold hold, int preference) {
        var stay = new Stay(delivery, hold, preference);
        stays.put(delivery.receipt(), stay);
        var _ = timer.schedule(
                () -> {
                    // it may be held once more by now, for another turn
                    if (stays.remove(delivery.receipt(), stay)) {
                        ready.accept(delivery.withTurn(hold.turn()), preference);
                    }
                },
                hold.delay().toMillis() + 1,
                TimeUnit.MILLISECONDS);
    }

    /// Ends the waiting of those that have a turn under the rate limit of a task, in the order of their turns.
    /// None keeps it: it is of a limit that holds no more.
    void askAnew(String task) {
        var waiting = stays.values().stream()
                .filter(stay -> stay.hold().turn() != null && isOf(task, stay.delivery()))
                .sorted(Comparator.comparing(Stay::turn))
                .toList();
        for (var stay : waiting) {
            if (stays.remove(stay.delivery().receipt(), stay)) {
                ready.accept(stay.delivery().withTurn(null), stay.preference());
            }
        }
    }

    /// Takes out those that are meant.
    void take(Predicate<Delivery> which, Consumer<Delivery> to) {
        for (var stay : List.copyOf(stays.values())) {
            if (which.test(stay.delivery()) && stays.remove(stay.delivery().receipt(), stay)) {
                to.accept(stay.delivery());
            }
        }
    }

    private static boolean isOf(String task, Delivery delivery) {
        return task.equals(delivery.message().properties().headers().get("task"));
    }
}
