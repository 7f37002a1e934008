package dev.jtask.local.system;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/// A Deployment of workers such as the operator makes, and the Secret it refers to.
final class Deployed {

    static final String NAME = "pool";
    static final Map<String, String> LABELS = Map.of("app", "pool");

    private Deployed() {}

    static void secret(KubernetesClient client, String uri) {
        secret(client, Map.of("uri", uri));
    }

    /// @param says what it says, by key
    static void secret(KubernetesClient client, Map<String, String> says) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("rabbitmq")
                        .withNamespace("default")
                        .endMetadata()
                        .withStringData(says)
                        .build())
                .create();
    }

    static Deployment deployment(String queue, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(20L)
                .addNewContainer()
                .withName("worker")
                .withImage("jtask-quickstart:0.1.0")
                .addNewPort()
                .withName("http")
                .withContainerPort(9000)
                .endPort()
                .addNewEnv()
                .withName("JTASK_BROKER_URI")
                .withNewValueFrom()
                .withNewSecretKeyRef("uri", "rabbitmq", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("JTASK_POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("JTASK_NODE_NAME")
                .withValue("pool@$(JTASK_POD_NAME)")
                .endEnv()
                .addNewEnv()
                .withName("JTASK_QUEUES")
                .withValue(queue)
                .endEnv()
                .addNewEnv()
                .withName("JTASK_DRAIN_TIMEOUT")
                .withValue("10s")
                .endEnv()
                .addNewEnv()
                .withName("JTASK_HTTP_HOST")
                .withValue("0.0.0.0")
                .endEnv()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/readyz")
                .withNewPort("http")
                .endHttpGet()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
