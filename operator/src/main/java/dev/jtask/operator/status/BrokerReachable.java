package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.watch.Probe;
import org.jspecify.annotations.Nullable;

/// Whether the management API answers.
final class BrokerReachable {

    private BrokerReachable() {}

    static Finding of(Observation seen) {
        return switch (seen.secret()) {
            case SecretReading.Missing(var message) ->
                Finding.no(Conditions.BROKER_REACHABLE, "SecretMissing", message);
            case SecretReading.Invalid(var message) ->
                Finding.no(Conditions.BROKER_REACHABLE, "SecretInvalid", message);
            case SecretReading.Unreadable(var message) ->
                Finding.no(Conditions.BROKER_REACHABLE, "SecretUnreadable", message);
            case SecretReading.Usable(var secret) ->
                of(seen.view(), secret.access().toString());
        };
    }

    private static Finding of(@Nullable PoolView view, String broker) {
        if (view == null) {
            return Finding.unknown(
                    Conditions.BROKER_REACHABLE, "NotAskedYet", "%s has not been asked yet".formatted(broker));
        }
        return switch (view.probe()) {
            case Probe.Seen seen ->
                Finding.yes(Conditions.BROKER_REACHABLE, "Answering", "%s answers".formatted(broker));
            case Probe.Counted counted ->
                Finding.no(
                        Conditions.BROKER_REACHABLE,
                        counted.reason(),
                        "%s; what waits is counted by AMQP meanwhile".formatted(counted.message()));
            case Probe.Blind blind -> Finding.no(Conditions.BROKER_REACHABLE, blind.reason(), blind.message());
        };
    }
}
