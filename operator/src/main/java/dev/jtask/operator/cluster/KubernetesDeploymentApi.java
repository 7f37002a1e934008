package dev.jtask.operator.cluster;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.workload.ApiWords;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deployments by server-side apply.
///
/// Replicas have a field manager of their own: what the operator applies never mentions them, so applying can neither
/// reset nor release them.
public final class KubernetesDeploymentApi implements DeploymentApi {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesDeploymentApi.class);

    private final KubernetesClient client;
    private final Leadership leadership;

    /// @param leadership asked before every write
    public KubernetesDeploymentApi(KubernetesClient client, Leadership leadership) {
        this.client = client;
        this.leadership = leadership;
    }

    @Override
    public Optional<Deployment> find(String namespace, String name) {
        return Optional.ofNullable(client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public Deployment apply(Deployment deployment) {
        leadership.require();
        try {
            return client.resource(deployment)
                    .fieldManager(Labels.OPERATOR)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 500 && !isOfWebhook(e)) {
                validate(deployment);
            }
            throw e;
        }
    }

    /// Webhooks are asked of what could be applied, and one that does not answer would be waited for again.
    private static boolean isOfWebhook(KubernetesClientException e) {
        return ApiWords.of(e).contains("failed calling webhook");
    }

    /// The API server answers 500 when it cannot apply a field that there is none of, or a quantity that is none. It
    /// finds words for them when asked to create the same: strictly, and only in thought.
    private void validate(Deployment deployment) {
        try {
            client.resource(deployment)
                    .dryRun()
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 400 || e.getCode() == 422) {
                throw e;
            }
            LOG.debug(
                    "the dry run says nothing of {}: {}",
                    deployment.getMetadata().getName(),
                    ApiWords.of(e));
        }
    }

    @Override
    public Deployment scale(Deployment deployment, int replicas) {
        leadership.require();
        var metadata = deployment.getMetadata();
        var scaled = new DeploymentBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                // with the uid this can only change that Deployment, never create one
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        return client.resource(scaled)
                .fieldManager(Labels.SCALER)
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public void delete(Deployment deployment) {
        leadership.require();
        var metadata = deployment.getMetadata();
        // the client's own way has no precondition but of a version, which each status makes a new one of
        var options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(metadata.getUid())
                .endPreconditions()
                .withPropagationPolicy("Background")
                .build();
        try {
            var _ = client.raw(
                    "/apis/apps/v1/namespaces/%s/deployments/%s".formatted(metadata.getNamespace(), metadata.getName()),
                    "DELETE",
                    options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }
}
