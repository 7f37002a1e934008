package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Jackson's tables of names, each for one document at a time. Jackson itself shares one among all that a
/// factory reads: names that are made to collide fill it for good, and what comes later is refused for names
/// that nothing is wrong with. Hence one in which names have collided is not used again, nor one that has grown
/// large.
final class NameTables {

    private static final int MOST_NAMES = 500;

    /// Of all documents of which it has a name: no name takes more memory than that.
    private static final int MOST_BYTES = 256 << 10;

    private final Deque<Table> spare = new ConcurrentLinkedDeque<>();

    /// One table, and how it has grown.
    static final class Table {

        private final ByteQuadsCanonicalizer root = ByteQuadsCanonicalizer.createRoot();
        private int names;
        private long bytes;

        ByteQuadsCanonicalizer root() {
            return root;
        }

        /// Whether the next document finds in it what it would find in a new one, but for names that it need not learn.
        private boolean mayStay(int length) {
            int now = root.size();
            if (now == names) {
                return true;
            }
            names = now;
            bytes += length;
            return names <= MOST_NAMES
                    && bytes <= MOST_BYTES
                    && root.makeChild(0).spilloverCount() == 0;
        }
    }

    Table borrow() {
        var table = spare.pollFirst();
        return table == null ? new Table() : table;
    }

    /// @param length of the document that was read with it, in bytes
    void giveBack(Table table, int length) {
        if (table.mayStay(length)) {
            spare.addFirst(table);
        }
    }
}
