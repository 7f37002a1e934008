package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.OAuthAccess;
import dev.jtask.operator.secret.SecretKeys;
import dev.jtask.operator.secret.WorkerUri;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The broker's address and credentials, by reference to the Secret: no value of it is copied.
final class Credentials implements Contributor {

    private static final String FOLDER = "/etc/jtask/broker";
    private static final String OAUTH_FOLDER = "/etc/jtask/oauth";
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
        var oauth = secret.amqp().oauth();
        if (oauth != null) {
            tokens(draft, secret, oauth);
        }
    }

    private static void tokens(PodDraft draft, BrokerSecret secret, OAuthAccess oauth) {
        reference(draft, "JTASK_OAUTH_TOKEN_URI", secret, SecretKeys.OAUTH_TOKEN_URI);
        reference(draft, "JTASK_OAUTH_CLIENT_ID", secret, SecretKeys.OAUTH_CLIENT_ID);
        if (oauth.scope() != null) {
            reference(draft, "JTASK_OAUTH_SCOPE", secret, SecretKeys.OAUTH_SCOPE);
        }
        if (oauth.audience() != null) {
            reference(draft, "JTASK_OAUTH_AUDIENCE", secret, SecretKeys.OAUTH_AUDIENCE);
        }
        var files = new TreeMap<>(Map.of(SecretKeys.OAUTH_CLIENT_SECRET, "JTASK_OAUTH_CLIENT_SECRET_FILE"));
        if (oauth.authority() != null) {
            files.put(SecretKeys.OAUTH_CA, "JTASK_OAUTH_CA");
        }
        draft.mount(secret.name(), "broker-oauth", OAUTH_FOLDER, files);
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
        var files = new TreeMap<>(FILE_VARIABLES);
        files.keySet().retainAll(secret.tlsKeys());
        draft.mount(secret.name(), "broker-tls", FOLDER, files);
    }
}
