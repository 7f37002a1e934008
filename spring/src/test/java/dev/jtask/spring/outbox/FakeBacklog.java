package dev.jtask.spring.outbox;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table in memory.
final class FakeBacklog implements Backlog {

    static final String PROPERTIES = properties(null);

    final List<Letter> waiting = new ArrayList<>();
    final Map<Long, String> refused = new LinkedHashMap<>();
    final CountDownLatch answers = new CountDownLatch(1);
    volatile boolean hangs;
    long read;
    private long ids;

    /// Of a task that is to be there then.
    static String properties(@Nullable Instant due) {
        var message = new WireMessage(WireProperties.json(2, Map.of("task", "t")), new byte[0]);
        return StoredProperties.write(new Draft(Parcel.tasks(Route.toQueue("any"), message), due));
    }

    void add(String queue) {
        add(queue, PROPERTIES, 1);
    }

    void add(String queue, String properties, int bytes) {
        waiting.add(new Letter(++ids, Route.toQueue(queue), properties, new byte[bytes]));
    }

    private void hang() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int take(Collection<Route> except, long behind, Function<List<Letter>, Map<Long, Verdict>> publish) {
        if (hangs) {
            hang();
        }
        var batch = waiting.stream()
                .filter(each -> each.id() > behind)
                .peek(each -> read++)
                .filter(each -> !except.contains(each.route()))
                .limit(10)
                .toList();
        if (batch.isEmpty()) {
            return 0;
        }
        publish.apply(batch).forEach((id, verdict) -> {
            if (verdict instanceof Verdict.Refused because) {
                refused.put(id, because.reason());
            }
            if (!(verdict instanceof Verdict.Later)) {
                waiting.removeIf(each -> each.id() == id);
            }
        });
        return batch.size();
    }

    @Override
    public long newest() {
        return waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).id();
    }

    @Override
    public Level level() {
        return new Level(waiting.size(), refused.size(), Duration.ZERO);
    }
}
