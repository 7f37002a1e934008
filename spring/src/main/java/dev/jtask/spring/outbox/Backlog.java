package dev.jtask.spring.outbox;

import dev.jtask.protocol.message.Route;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The table, as the relay sees it.
interface Backlog {

    /// Takes the first of the waiting messages that nobody else has at the moment, in their order, and keeps them from
    /// all others until what was said to each is written down: all in one transaction.
    ///
    /// @param except where nothing is to be sent now
    /// @param behind the id behind which they are looked for
    /// @param publish says for each message, by its id, what the broker said
    /// @return how many there were
    int take(Collection<Route> except, long behind, Function<List<Letter>, Map<Long, Verdict>> publish);

    /// The last id that can be seen; 0 where there is none.
    long newest();

    Level level();
}
