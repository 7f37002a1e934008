package dev.jtask.worker.celery.control;

/// A queue with the exchange that it is bound to.
public record Inlet(String queue, String exchange, String exchangeType, String routingKey) {

    static final String DIRECT = "direct";

    /// With the exchange of its own that each queue of Celery has.
    public static Inlet of(String queue) {
        return new Inlet(queue, queue, DIRECT, queue);
    }

    /// Whether the queue needs nothing but what each has.
    public boolean isUsual() {
        return equals(of(queue));
    }
}
