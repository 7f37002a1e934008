package dev.jtask.simulator.load;

/// The pool that a load meets.
///
/// @param slots tasks that a pod runs at once
/// @param startup seconds from a pod's creation to its first task, on average
/// @param drain seconds that a running task may finish in after SIGTERM
/// @param limit tasks that what they depend on serves at once; more make each slower
public record Shape(int slots, int maxReplicas, double startup, double drain, double limit) {

    public static final Shape USUAL = new Shape(4, 50, 8, 300, Double.POSITIVE_INFINITY);

    Shape slots(int count) {
        return new Shape(count, maxReplicas, startup, drain, limit);
    }

    Shape max(int replicas) {
        return new Shape(slots, replicas, startup, drain, limit);
    }

    Shape startup(double mean) {
        return new Shape(slots, maxReplicas, mean, drain, limit);
    }

    Shape drain(double timeout) {
        return new Shape(slots, maxReplicas, startup, timeout, limit);
    }

    Shape limit(double atOnce) {
        return new Shape(slots, maxReplicas, startup, drain, atOnce);
    }
}
