package dev.jtask.worker.fakes;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.settle.Addressee;
import dev.jtask.worker.settle.ResultBackend;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Keeps results; stored at once, unless it was told otherwise.
public final class FakeBackend implements ResultBackend {

    /// One result on its way.
    public record Told(Addressee to, ResultMessage result, CompletableFuture<?> answer) {

        public String status() {
            return result.status();
        }
    }

    private final Journal journal;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<Told> emitted = new CopyOnWriteArrayList<>();
    private volatile Function<ResultMessage, CompletableFuture<?>> answers =
            result -> CompletableFuture.completedFuture(null);

    public FakeBackend() {
        this(new Journal());
    }

    public FakeBackend(Journal journal) {
        this.journal = journal;
    }

    /// From now on these are the answers.
    public void answer(Function<ResultMessage, CompletableFuture<?>> other) {
        answers = other;
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    /// The pieces.
    public List<Told> emitted() {
        return List.copyOf(emitted);
    }

    public List<String> states() {
        return told.stream().map(Told::status).toList();
    }

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        journal.note("tell %s %s".formatted(to.taskId(), result.status()));
        var one = new Told(to, result, answers.apply(result));
        told.add(one);
        return one.answer();
    }

    @Override
    public CompletableFuture<?> emit(Addressee to, ResultMessage piece) {
        var one = new Told(to, piece, answers.apply(piece));
        emitted.add(one);
        return one.answer();
    }
}
