package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.WorkerUri;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The broker's address and credentials, by reference to the Secret: no value of it is copied.
final class Credentials implements Contributor {

    private static final String FOLDER = "/etc/jtask/broker";
    private static final Map<String, String> FILE_VARIABLES =
            Map.of("ca.crt", "JTASK_TLS_CA", "tls.crt", "JTASK_TLS_CERT", "tls.key", "JTASK_TLS_KEY");

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        draft.metadata.addToAnnotations(Labels.SECRET_VERSION, secret.version());
        switch (secret.workerUri()) {
            case WorkerUri.Whole() -> reference(draft, "JTASK_BROKER_URI", secret, "uri");
            case WorkerUri.Parts(var scheme, var port, var path) -> parts(draft, secret, scheme, port, path);
        }
        if (!secret.tlsKeys().isEmpty()) {
            files(draft, secret);
        }
    }

    private static void parts(
            PodDraft draft, BrokerSecret secret, String scheme, @Nullable String knownPort, String path) {
        reference(draft, "JTASK_BROKER_HOST", secret, "host");
        reference(draft, "JTASK_BROKER_USERNAME", secret, "username");
        reference(draft, "JTASK_BROKER_PASSWORD", secret, "password");
        if (knownPort == null) {
            reference(draft, "JTASK_BROKER_PORT", secret, "port");
        }
        // Kubernetes puts the parts together in the container; only what was named before can be used
        draft.worker
                .addNewEnv()
                .withName("JTASK_BROKER_URI")
                .withValue("%s://$(JTASK_BROKER_USERNAME):$(JTASK_BROKER_PASSWORD)@$(JTASK_BROKER_HOST):%s/%s"
                        .formatted(
                                scheme,
                                Objects.requireNonNullElse(knownPort, "$(JTASK_BROKER_PORT)"),
                                Environment.literally(path)))
                .endEnv();
    }

    private static void reference(PodDraft draft, String variable, BrokerSecret secret, String key) {
        draft.worker
                .addNewEnv()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret.name(), false)
                .endValueFrom()
                .endEnv();
    }

    private static void files(PodDraft draft, BrokerSecret secret) {
        var keys = secret.tlsKeys().stream().sorted().toList();
        var source =
                draft.pod.addNewVolume().withName("broker-tls").withNewSecret().withSecretName(secret.name());
        keys.forEach(key -> source.addNewItem().withKey(key).withPath(key).endItem());
        source.endSecret().endVolume();
        draft.worker
                .addNewVolumeMount()
                .withName("broker-tls")
                .withMountPath(FOLDER)
                .withReadOnly(true)
                .endVolumeMount();
        keys.forEach(key -> draft.worker
                .addNewEnv()
                .withName(FILE_VARIABLES.get(key))
                .withValue(FOLDER + "/" + key)
                .endEnv());
    }
}
