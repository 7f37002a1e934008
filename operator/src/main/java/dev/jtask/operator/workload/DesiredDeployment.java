package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.digest.Digests;
import dev.jtask.operator.secret.BrokerSecret;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/// The Deployment that a pool's spec asks for. It never says how many replicas: that field has its own writer.
public final class DesiredDeployment {

    private static final List<Contributor> CONTRIBUTORS = List.of(
            new WorkerContainer(),
            new Credentials(),
            new Environment(),
            new MetricsToken(),
            new Drain(),
            new Probes(),
            new PodSecurity());

    private final KubernetesSerialization json;
    private final Overlay overlay;

    public DesiredDeployment(KubernetesSerialization json) {
        this.json = json;
        this.overlay = new Overlay(
                json,
                new ContainerBuilder()
                        .withSecurityContext(PodSecurity.ofAContainer())
                        .build());
    }

    /// @throws IllegalArgumentException when `spec.template` does not fit a pod template, with the reason
    public Deployment of(TaskWorkerPool pool, BrokerSecret secret) {
        var metadata = pool.getMetadata();
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withLabels(Labels.all(pool))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(pool.getApiVersion())
                        .withKind(pool.getKind())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withNewSpec()
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(Labels.selector(pool))
                .endSelector()
                .withTemplate(template(pool, secret))
                .endSpec()
                .build();
        return deployment
                .edit()
                .editMetadata()
                .addToAnnotations(Labels.APPLIED, Digests.of(json.asJson(deployment)))
                .endMetadata()
                .build();
    }

    private PodTemplateSpec template(TaskWorkerPool pool, BrokerSecret secret) {
        var draft = new PodDraft();
        CONTRIBUTORS.forEach(contributor -> contributor.contribute(pool, secret, draft));
        var changes = pool.getSpec().template();
        if (changes == null || changes.isNull()) {
            return draft.build();
        }
        // whatever the overlay does to the metadata, the selector must keep matching, the operator must see its
        // pods, and another password must reach them
        return overlay.apply(draft.build(), changes)
                .edit()
                .editOrNewMetadata()
                .addToLabels(Labels.selector(pool))
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToAnnotations(Labels.SECRET_VERSION, secret.version())
                .endMetadata()
                .build();
    }
}
