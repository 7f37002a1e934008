package dev.jtask.local.system;

import dev.jtask.testing.kube.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A Kubernetes API on this machine.
///
/// @param sentence which one it is
/// @param kubeconfig a file's content, for kubectl and the operator
/// @param server closed at the end
record LocalApi(String sentence, String kubeconfig, KubernetesClient client, AutoCloseable server) {

    static LocalApi start() {
        var embedded = EmbeddedKubernetes.start();
        return new LocalApi(
                "API: embedded, without validation (set KUBEBUILDER_ASSETS to the folder of a kube-apiserver for a real one)",
                embedded.kubeconfig(),
                embedded.client(),
                embedded);
    }
}
