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

    private double average = Double.NaN;
    private int size;

    /// @param seconds how long a task was busy
    void finished(double seconds) {
        average = Double.isNaN(average) ? seconds : average + WEIGHT * (seconds - average);
    }

    /// The window now. It starts at one message for each slot until tasks have shown to be short, and then changes in
    /// steps of at least two, since every change costs the broker a consumer.
    int adapt(int slots) {
        int wanted = wanted(slots);
        if (wanted == slots || wanted >= 2 * size || 2 * wanted <= size || size < slots) {
            size = wanted;
        }
        return size;
    }

    private int wanted(int slots) {
        if (Double.isNaN(average) || average >= COVER) {
            return slots;
        }
        double extra = slots * COVER / Math.max(average, 1e-6);
        return (int) Math.min(Math.max(CAP, slots), slots + extra);
    }
}
