package dev.jtask.operator.workload;

import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// What Kubernetes says of a write that it did not do.
public final class ApiWords {

    private static final int MOST = 1_000;

    private ApiWords() {}

    public static String of(KubernetesClientException refusal) {
        var status = refusal.getStatus();
        var message = status == null || status.getMessage() == null ? refusal.getMessage() : status.getMessage();
        return Beginning.of(String.valueOf(message), MOST);
    }

    /// Whether it is one key twice in a list, a field that there is none of, or a value of another type: the API server
    /// answers 500 when it cannot put together what is to be applied.
    static boolean isOfWhatWasSent(KubernetesClientException refusal) {
        return refusal.getCode() == 500 && of(refusal).startsWith("failed to create typed patch object");
    }

    /// Whether it is more than the API server, or what it stores it in, takes.
    static boolean isOfItsSize(KubernetesClientException refusal) {
        return refusal.getCode() == 413
                || (refusal.getCode() == 500 && of(refusal).contains("request is too large"));
    }

    /// Whether the same would be refused again: by a policy, a quota, a webhook that looked at it, or a Role.
    public static boolean isFinal(KubernetesClientException refusal) {
        return switch (refusal.getCode()) {
            case 400, 401, 403, 422 -> true;
            default -> isOfItsSize(refusal);
        };
    }
}
