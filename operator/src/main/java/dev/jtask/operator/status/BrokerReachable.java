package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.broker.Probe;
import dev.jtask.operator.broker.SecretReading;
import dev.jtask.operator.scaling.PoolView;

/// Whether the management API answers.
final class BrokerReachable {

    private BrokerReachable() {}

    static Finding of(Observation seen) {
        return switch (seen.secret()) {
            case SecretReading.Missing(var message) ->
                Finding.no(Conditions.BROKER_REACHABLE, "SecretMissing", message);
            case SecretReading.Invalid(var message) ->
                Finding.no(Conditions.BROKER_REACHABLE, "SecretInvalid", message);
            case SecretReading.Usable(var secret) ->
                seen.view()
                        .map(PoolView::probe)
                        .map(probe -> of(probe, secret.access().toString()))
                        .orElseGet(() -> Finding.unknown(
                                Conditions.BROKER_REACHABLE,
                                "NotAskedYet",
                                "%s has not been asked yet".formatted(secret.access())));
        };
    }

    private static Finding of(Probe probe, String broker) {
        return switch (probe) {
            case Probe.Seen seen ->
                Finding.yes(Conditions.BROKER_REACHABLE, "Answering", "%s answers".formatted(broker));
            case Probe.Blind blind -> Finding.no(Conditions.BROKER_REACHABLE, blind.reason(), blind.message());
        };
    }
}
