package dev.jtask.autoscaler;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// So many pods for all pools: floors come first, then priority, and among equals each gets in proportion to its need.
public final class Budget {

    private Budget() {}

    /// What a pool asks for.
    ///
    /// @param pool never that of another pool
    /// @param priority the higher comes first
    /// @param floor pods that it shall have in any case
    /// @param wanted pods that it would have
    public record Claim(String pool, int priority, int floor, int wanted) {

        /// One that asks for no more than it shall have in any case.
        public Claim atItsFloor() {
            return new Claim(pool, priority, floor, atLeast());
        }

        private int atLeast() {
            return Math.min(floor, wanted);
        }

        private int beyond() {
            return wanted - atLeast();
        }
    }

    /// @return pods by pool, never more than wanted and together never more than there are
    public static Map<String, Integer> share(int pods, Collection<Claim> claims) {
        var granted = new HashMap<String, Integer>();
        long wanted = claims.stream().mapToLong(Claim::wanted).sum();
        if (wanted <= pods) {
            claims.forEach(claim -> granted.put(claim.pool(), claim.wanted()));
            return granted;
        }
        var byPriority = claims.stream()
                .collect(Collectors.groupingBy(
                        Claim::priority, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        int left = pods;
        for (var equals : byPriority.values()) {
            left -= give(left, equals, Claim::atLeast, granted);
        }
        for (var equals : byPriority.values()) {
            left -= give(left, equals, Claim::beyond, granted);
        }
        return granted;
    }

    private interface Part {
        int of(Claim claim);
    }

    /// The largest remainder: whole pods, none left over while somebody wants it.
    private static int give(int pods, List<Claim> claims, Part part, Map<String, Integer> granted) {
        long wanted = claims.stream().mapToLong(part::of).sum();
        if (wanted == 0) {
            return 0;
        }
        int given = (int) Math.min(pods, wanted);
        double rate = (double) given / wanted;
        int left = given;
        for (var claim : claims) {
            int whole = (int) Math.floor(rate * part.of(claim) + 1e-9);
            granted.merge(claim.pool(), whole, Integer::sum);
            left -= whole;
        }
        claims.stream()
                .filter(claim -> remainder(rate * part.of(claim)) > 0)
                .sorted(Comparator.comparingDouble((Claim claim) -> -remainder(rate * part.of(claim)))
                        .thenComparing(Claim::pool))
                .limit(left)
                .forEach(claim -> granted.merge(claim.pool(), 1, Integer::sum));
        return given;
    }

    private static double remainder(double share) {
        return share - Math.floor(share + 1e-9);
    }
}
