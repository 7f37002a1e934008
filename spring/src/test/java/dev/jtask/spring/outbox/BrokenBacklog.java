package dev.jtask.spring.outbox;

import dev.jtask.protocol.message.Route;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A table whose database is away.
final class BrokenBacklog implements Backlog {

    @Override
    public int take(Collection<Route> except, long behind, Function<List<Letter>, Map<Long, Verdict>> publish) {
        throw new IllegalStateException("the database is away");
    }

    @Override
    public long newest() {
        throw new IllegalStateException("the database is away");
    }

    @Override
    public Level level() {
        throw new IllegalStateException("the database is away");
    }
}
