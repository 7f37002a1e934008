package dev.jtask.worker.delivery;

/// How many messages a worker holds: exactly one for each slot when tasks are long, so that none waits behind a busy
/// worker; more when they are short, so that slots need not wait for the round trip to the broker.
///
/// Not thread-safe.
final class PrefetchWindow {

    /// The time that held messages must cover: a round trip with room for a slow moment, in seconds.
    private static final double COVER = 0.05;
    private static final double WEIGHT = 0.05;
    private static final int CAP = 2_000;

    private final int slots;
    private double average = Double.NaN;

    PrefetchWindow(int slots) {
        this.slots = slots;
    }

    /// @param seconds how long a task was busy
    void finished(double seconds) {
        average = Double.isNaN(average) ? seconds : average + WEIGHT * (seconds - average);
    }

    /// The window now; it starts at one message for each slot, until tasks have shown to be short.
    int size() {
        if (Double.isNaN(average) || average >= COVER) {
            return slots;
        }
        double extra = slots * COVER / Math.max(average, 1e-6);
        return (int) Math.min(Math.max(CAP, slots), slots + extra);
    }

    /// Whether a change from `current` is worth a new subscription.
    boolean worthwhile(int current) {
        int wanted = size();
        return wanted == slots ? current != slots : wanted >= 2 * current || 2 * wanted <= current;
    }
}
