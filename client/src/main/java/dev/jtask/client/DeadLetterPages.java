package dev.jtask.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Letters page by page, oldest first. Those of the pages that were read are hidden from others until this is closed;
/// the rest is not, and can be read and sent back meanwhile. For one thread at a time.
public final class DeadLetterPages implements AutoCloseable {

    private final DeadLetterQueue queue;
    private final Letters.Look look;
    private final int size;

    DeadLetterPages(DeadLetterQueue queue, Letters.Look look, int size) {
        this.queue = queue;
        this.look = look;
        this.size = size;
    }

    /// The next ones; an empty page when there are no more.
    ///
    /// @throws UncheckedIOException when the queue cannot be read
    public List<DeadLetter> next() {
        var page = new ArrayList<DeadLetter>();
        try {
            while (page.size() < size) {
                var found = queue.next(look);
                if (found.isEmpty()) {
                    break;
                }
                page.add(found.get().letter());
            }
            return List.copyOf(page);
        } catch (IOException e) {
            throw queue.unreadable(e);
        }
    }

    /// Gives all of them back.
    @Override
    public void close() {
        try {
            look.close();
        } catch (IOException e) {
            throw queue.unreadable(e);
        }
    }
}
