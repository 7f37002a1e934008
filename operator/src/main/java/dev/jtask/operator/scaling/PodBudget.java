package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Budget;
import dev.jtask.autoscaler.Budget.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pods that all pools may have together, and what each of them last asked for and has. A pod that one pool still
/// has is not given to another.
public final class PodBudget {

    /// Shares follow needs, which move from look to look: pods that went to and fro with them would only start and end.
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private record Holding(Claim claim, int holds) {}

    private final int pods;
    private final Supplier<Map<String, Integer>> sizes;
    private final Map<String, Holding> holdings = new HashMap<>();
    private final Map<String, Lately> lately = new HashMap<>();
    private boolean allAreMet;
    /// Of all holdings.
    private int held;
    /// What each may have of the pods that are shared, null after a claim has changed: so long it is the same for all.
    private @Nullable Map<String, Integer> shares;

    private int sharedPods;

    /// @param pods for all pools, 0 for no limit
    /// @param sizes of all pools that there are, by name: what those have that were not met yet is not free
    public PodBudget(int pods, Supplier<Map<String, Integer>> sizes) {
        if (pods < 0) {
            throw new IllegalArgumentException(
                    "JTASK_OPERATOR_BUDGET_PODS is %d: set it to the pods of all pools together, or to 0 for no limit"
                            .formatted(pods));
        }
        this.pods = pods;
        this.sizes = sizes;
    }

    int pods() {
        return pods;
    }

    /// A pool that has not been looked at yet keeps what it has.
    synchronized void introduce(String pool, int holds) {
        if (!holdings.containsKey(pool)) {
            take(new Claim(pool, 0, holds, holds), holds);
        }
    }

    /// What goes to a floor or to a higher priority goes at once, what goes to its equals once that has settled.
    ///
    /// @param holds pods that it has
    /// @return pods that it may have
    synchronized int grant(Claim claim, int holds, Instant now) {
        if (pods == 0) {
            return claim.wanted();
        }
        take(claim, holds);
        int forThose = Math.max(0, pods - unmet());
        int share = shares(forThose).getOrDefault(claim.pool(), 0);
        int settled =
                lately.computeIfAbsent(claim.pool(), any -> new Lately(SETTLED)).largest(share, now);
        int free = forThose - held;
        int granted = share > holds
                ? Math.max(holds, Math.min(share, holds + free))
                : share == holds || free < 0 ? share : keep(claim, holds, share, settled, forThose);
        take(claim, Math.max(holds, granted));
        return granted;
    }

    /// Whether no pool could be given one more at once.
    synchronized boolean isSpent() {
        return pods > 0 && pods - unmet() - held <= 0;
    }

    /// @param settled the largest share that it had lately
    private int keep(Claim claim, int holds, int share, int settled, int forThose) {
        int wanted = Math.min(Math.min(holds, settled), claim.wanted());
        return wanted <= share ? share : Math.max(share, Math.min(wanted, mostBesideOthers(claim, forThose)));
    }

    /// What it would have if its equals had their floors alone.
    private int mostBesideOthers(Claim claim, int forThose) {
        var others = holdings.values().stream()
                .map(Holding::claim)
                .map(other -> other.priority() > claim.priority() || other.equals(claim) ? other : other.atItsFloor())
                .toList();
        return Budget.share(forThose, others).getOrDefault(claim.pool(), 0);
    }

    private void take(Claim claim, int holds) {
        var before = holdings.put(claim.pool(), new Holding(claim, holds));
        held += holds - (before == null ? 0 : before.holds());
        if (before == null || !before.claim().equals(claim)) {
            shares = null;
        }
    }

    private Map<String, Integer> shares(int forThose) {
        var known = shares;
        if (known == null || sharedPods != forThose) {
            known = Budget.share(
                    forThose, holdings.values().stream().map(Holding::claim).toList());
            shares = known;
            sharedPods = forThose;
        }
        return known;
    }

    private int unmet() {
        if (allAreMet) {
            return 0;
        }
        var others = new HashMap<>(sizes.get());
        others.keySet().removeAll(holdings.keySet());
        // a pool that comes later is met before it has pods
        allAreMet = others.isEmpty();
        return others.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized void forget(String pool) {
        lately.remove(pool);
        var before = holdings.remove(pool);
        if (before != null) {
            held -= before.holds();
            shares = null;
        }
    }
}
