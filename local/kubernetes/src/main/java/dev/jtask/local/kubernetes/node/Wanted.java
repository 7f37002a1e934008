package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/// What a Deployment asks for.
///
/// @param replicas pods, 0 when the Deployment is being deleted
/// @param templateHash tells pods of this template from those of an older one
record Wanted(int replicas, String templateHash, Strategy strategy) {

    private static final String DEFAULT_SHARE = "25%";
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    /// How pods of an old template are replaced.
    sealed interface Strategy {

        /// All old pods go before a new one comes.
        record Recreate() implements Strategy {}

        /// @param maxSurge pods above the wanted number while replacing
        /// @param maxUnavailable pods below the wanted number while replacing
        record Rolling(int maxSurge, int maxUnavailable) implements Strategy {}
    }

    static Wanted of(Deployment deployment) {
        var spec = deployment.getSpec();
        int replicas = deployment.isMarkedForDeletion()
                ? 0
                : Optional.ofNullable(spec.getReplicas()).orElse(1);
        return new Wanted(replicas, hash(deployment), strategy(deployment, replicas));
    }

    private static Strategy strategy(Deployment deployment, int replicas) {
        var strategy = deployment.getSpec().getStrategy();
        if (strategy != null && "Recreate".equals(strategy.getType())) {
            return new Strategy.Recreate();
        }
        var rolling = Optional.ofNullable(strategy).map(set -> set.getRollingUpdate());
        int surge = (int) Math.ceil(
                share(rolling.map(set -> set.getMaxSurge()).orElse(new IntOrString(DEFAULT_SHARE)), replicas));
        int unavailable = (int) Math.floor(
                share(rolling.map(set -> set.getMaxUnavailable()).orElse(new IntOrString(DEFAULT_SHARE)), replicas));
        // as Kubernetes does: with neither, nothing could ever be replaced
        return new Strategy.Rolling(surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    private static double share(IntOrString value, int replicas) {
        var text = value.getStrVal();
        return text == null ? value.getIntVal() : Double.parseDouble(text.replace("%", "")) * replicas / 100;
    }

    private static String hash(Deployment deployment) {
        var crc = new CRC32();
        crc.update(JSON.asJson(deployment.getSpec().getTemplate()).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
