package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/// The restricted pod security standard for the pod, for the worker, and for each container that a template adds; for
/// the worker also a root file system nobody writes to.
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
        draft.worker.withSecurityContext(new SecurityContextBuilder(ofAContainer())
                .withReadOnlyRootFilesystem(true)
                .build());
    }

    /// What the standard asks of every container; where it writes is its image's own matter.
    static SecurityContext ofAContainer() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
