package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;

/// The restricted pod security standard, and a root file system nobody writes to.
final class PodSecurity implements Contributor {

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        draft.pod
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext();
        draft.worker
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
    }
}
