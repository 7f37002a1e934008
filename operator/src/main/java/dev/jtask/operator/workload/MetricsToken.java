package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.MetricsTokens;
import java.util.Map;
import java.util.TreeMap;

/// The token without which a worker shows no metrics, as a file that changes with its Secret: a new one restarts
/// nobody.
final class MetricsToken implements Contributor {

    private static final String FOLDER = "/etc/jtask/metrics";

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        var metrics = pool.getSpec().metrics();
        if (metrics != null && metrics.tokenSecretRef() != null) {
            draft.mount(
                    metrics.tokenSecretRef().name(),
                    MetricsTokens.VOLUME,
                    FOLDER,
                    new TreeMap<>(Map.of(MetricsTokens.KEY, "JTASK_METRICS_TOKEN_FILE")));
        }
    }
}
