package dev.jtask.local.kubernetes.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/// A Kubernetes API on a free loopback port of this machine: no nodes, no controllers.
public sealed interface KubernetesApi extends AutoCloseable permits EmbeddedKubernetes, KubeApiServer {

    /// A real kube-apiserver when `KUBEBUILDER_ASSETS` names the folder of its binaries, else the embedded API.
    ///
    /// @param directory for what a real one stores; emptied first, deleted at the end
    static KubernetesApi start(Path directory) {
        var assets = KubeApiServer.assets();
        return assets.isPresent() ? KubeApiServer.start(assets.get(), directory) : EmbeddedKubernetes.start();
    }

    /// Which one it is, in a sentence.
    String description();

    String url();

    /// A client that may do everything; the caller closes it.
    KubernetesClient client();

    /// A kubeconfig file's content, of a user who may do everything.
    String kubeconfig();

    @Override
    void close();
}
