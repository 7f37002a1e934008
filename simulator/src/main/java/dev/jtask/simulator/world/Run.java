package dev.jtask.simulator.world;

import java.util.Arrays;
import java.util.List;

/// What became of a load.
///
/// @param waits seconds from arrival to the first start, sorted
/// @param podHours from creation to the end of each pod
/// @param interrupted tasks that were cut off because the pool shrank
/// @param changes how often the size changed
/// @param line the size of the pool and the backlog over time
public record Run(Waits waits, double podHours, int interrupted, int changes, int peak, List<Point> line) {

    public Run {
        line = List.copyOf(line);
    }

    /// @param pods those that start and end included
    public record Point(double at, int pods, int ready, long waiting) {}

    /// Sorted waits of all tasks.
    public static final class Waits {

        private final double[] sorted;

        /// @param waits in any order
        public Waits(double[] waits) {
            this.sorted = waits.clone();
            Arrays.sort(sorted);
        }

        public int count() {
            return sorted.length;
        }

        /// @param share such as 0.99
        public double at(double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
        }

        /// The share of tasks that started within so many seconds.
        public double within(double seconds) {
            int index = Arrays.binarySearch(sorted, Math.nextUp(seconds));
            return sorted.length == 0 ? 1 : (index < 0 ? -index - 1 : index) / (double) sorted.length;
        }
    }

    public double p50() {
        return waits.at(0.5);
    }

    public double p99() {
        return waits.at(0.99);
    }
}
