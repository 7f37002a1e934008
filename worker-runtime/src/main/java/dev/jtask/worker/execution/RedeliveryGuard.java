package dev.jtask.worker.execution;

import dev.jtask.protocol.result.RemoteError;
import org.jspecify.annotations.Nullable;

/// Stops a message that never comes to an end, because it kills every worker or is requeued each time.
///
/// A quorum queue counts deliveries itself. For a classic queue, which only says "again", the worker counts in a
/// header: the message is sent anew with the next number before it runs.
public final class RedeliveryGuard implements Interceptor {

    /// How often a message was delivered before, when its queue does not count.
    public static final String COUNT = "x-jtask-redeliveries";
    private static final String QUORUM_COUNT = "x-delivery-count";

    private final int limit;

    /// @param limit redeliveries after which a message is refused, at least 1
    public RedeliveryGuard(int limit) {
        this.limit = limit;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var received = invocation.received();
        var headers = received.message().properties().headers();
        long counted = number(headers.get(QUORUM_COUNT)) + number(headers.get(COUNT));
        boolean uncounted = received.redelivered() && !headers.containsKey(QUORUM_COUNT);
        long redeliveries = uncounted ? counted + 1 : counted;
        if (redeliveries > limit) {
            var reason = "delivered %d times without coming to an end".formatted(redeliveries + 1);
            return new Outcome.Refused(
                    reason, RemoteError.celery("Reject", reason), Outcome.Refused.attempts(redeliveries + 1));
        }
        return uncounted ? new Outcome.Counted(redeliveries) : next.proceed();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
