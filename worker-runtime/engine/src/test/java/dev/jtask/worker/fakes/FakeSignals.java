package dev.jtask.worker.fakes;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.seal.MessageSeal;
import dev.jtask.worker.run.Awaiting;
import dev.jtask.worker.run.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Knows of signals what the test says, at first that there is none, and keeps what was parked and forgotten.
public final class FakeSignals implements Signals {

    /// A task that waits.
    public record Waiting(SignalPlace at, String backTo, WireMessage message) {}

    /// What is forgotten, with the id of its value.
    public record Forgotten(SignalPlace at, @Nullable String value) {}

    public final List<Waiting> parked = new ArrayList<>();
    public final List<Forgotten> forgotten = new ArrayList<>();

    private Answer answer = new Answer.Missing();
    private CompletableFuture<?> parking = CompletableFuture.completedFuture(null);

    /// For runs that wait for nothing.
    public static Awaiting awaiting() {
        return new Awaiting(new FakeSignals(), MessageSeal.NONE, new SettableClock());
    }

    /// From now on.
    public void answer(Answer other) {
        answer = other;
    }

    /// From now on this becomes of what is parked.
    public void parking(CompletableFuture<?> other) {
        parking = other;
    }

    @Override
    public Answer look(SignalPlace at, String backTo) {
        return answer;
    }

    @Override
    public void discard(SignalPlace at, Predicate<WireMessage> condition) {
        if (answer instanceof Answer.There(var value) && condition.test(value)) {
            answer = new Answer.Missing();
        }
    }

    @Override
    public CompletableFuture<?> park(SignalPlace at, String backTo, WireMessage message) {
        parked.add(new Waiting(at, backTo, message));
        return parking;
    }

    @Override
    public void forget(SignalPlace at, @Nullable String value) {
        forgotten.add(new Forgotten(at, value));
    }
}
