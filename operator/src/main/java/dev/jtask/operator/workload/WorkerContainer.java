package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;

/// The container: its image, its port, a place for temporary files.
final class WorkerContainer implements Contributor {

    static final String NAME = "worker";
    static final String PORT_NAME = "http";
    static final int PORT = 9000;

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        draft.metadata.addToLabels(Labels.all(pool));
        draft.worker
                .withName(NAME)
                .withImage(pool.getSpec().image())
                .addNewPort()
                .withName(PORT_NAME)
                .withContainerPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount();
        draft.pod
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                // workers never talk to Kubernetes
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false);
    }
}
