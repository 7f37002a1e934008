package dev.jtask.simulator.scaler;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.world.Scaler;

/// A ScaledObject with a RabbitMQ trigger.
///
/// @param perPod messages for each pod: `value` in mode QueueLength
/// @param ratePerPod messages published per second for each pod, a second trigger in mode MessageRate; 0 for none
/// @param amqp whether the protocol is amqp: exact, but ready messages only
/// @param polling `pollingInterval` in seconds
/// @param cooldown `cooldownPeriod` in seconds
/// @param window the HPA's `scaleDown.stabilizationWindowSeconds`
/// @param hasBehavior whether the HPA's behavior is set at all
public record KedaSetting(
        double perPod,
        double ratePerPod,
        boolean amqp,
        double polling,
        double cooldown,
        double window,
        boolean hasBehavior)
        implements Scaler.Maker {

    /// What a ScaledObject with nothing but a queue's name does.
    public static final KedaSetting DEFAULTS = new KedaSetting(20, 0, false, 30, 300, 300, false);

    @Override
    public String name() {
        if (equals(DEFAULTS)) {
            return "KEDA defaults";
        }
        return "KEDA %s %.3g a pod%s, poll %.0f s, window %.0f s, cooldown %.0f s"
                .formatted(
                        amqp ? "amqp" : "http",
                        perPod,
                        ratePerPod > 0 ? " or %.3g/s".formatted(ratePerPod) : "",
                        polling,
                        window,
                        cooldown);
    }

    @Override
    public Scaler make(Load load) {
        return new KedaScaler(this, load.shape().maxReplicas());
    }
}
