package dev.jtask.worker.fakes;

import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A receipt that keeps what it was told, all of it: a second settlement shows.
public final class FakeReceipt implements Receipt {

    private final Journal journal;
    private final List<Disposition> settled = new CopyOnWriteArrayList<>();
    private volatile boolean lost;

    public FakeReceipt() {
        this(new Journal());
    }

    public FakeReceipt(Journal journal) {
        this.journal = journal;
    }

    /// The broker takes the message back.
    public void lose() {
        lost = true;
    }

    public List<Disposition> settled() {
        return List.copyOf(settled);
    }

    @Override
    public void settle(Disposition how) {
        settled.add(how);
        journal.note(how.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public boolean isOver() {
        return lost || settled.stream().anyMatch(how -> !(how instanceof Disposition.Hold));
    }
}
