package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Budget;
import dev.jtask.autoscaler.Budget.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pods that all pools may have together, and what each of them last asked for and has. A pod that one pool still
/// has is not given to another.
public final class PodBudget {

    private record Holding(Claim claim, int holds) {}

    private final int pods;
    private final Supplier<Map<String, Integer>> sizes;
    private final Map<String, Holding> holdings = new HashMap<>();
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

    /// @param holds pods that it has
    /// @return pods that it may have
    synchronized int grant(Claim claim, int holds) {
        if (pods == 0) {
            return claim.wanted();
        }
        take(claim, holds);
        int forThose = Math.max(0, pods - unmet());
        int share = shares(forThose).getOrDefault(claim.pool(), 0);
        int free = forThose - held;
        int granted = share > holds ? Math.max(holds, Math.min(share, holds + free)) : share;
        take(claim, Math.max(holds, granted));
        return granted;
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
        var before = holdings.remove(pool);
        if (before != null) {
            held -= before.holds();
            shares = null;
        }
    }
}
