package dev.jtask.local.kubernetes.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A Kubernetes API on a free loopback port, enough for the operator, for local mode and for kubectl's get, describe,
/// apply, scale and delete. It knows which fields objects have and of
/// which types; what else a schema demands, CEL and RBAC need a real API server.
public final class EmbeddedKubernetes implements KubernetesApi {

    private static final int REMEMBERED = 10_000;
    /// The client's own 10 s are over on a busy machine before both ends have loaded their classes.
    private static final int PATIENCE_MILLIS = 60_000;
    /// It reports each request at info. Kept here, since loggers that nobody holds forget their level.
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server;
    private final ApiDispatcher dispatcher;
    private final Doorkeeper doorkeeper;
    private final ArrayBlockingQueue<ApiRequest> requests;

    private EmbeddedKubernetes(
            KubernetesMockServer server,
            ApiDispatcher dispatcher,
            Doorkeeper doorkeeper,
            ArrayBlockingQueue<ApiRequest> requests) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.doorkeeper = doorkeeper;
        this.requests = requests;
    }

    public static EmbeddedKubernetes start() {
        SERVER_LOG.setLevel(Level.WARNING);
        var requests = new ArrayBlockingQueue<ApiRequest>(REMEMBERED);
        var doorkeeper = Doorkeeper.withNewToken();
        var dispatcher = new ApiDispatcher(doorkeeper, request -> remember(requests, request), Clock.systemUTC());
        var server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        return new EmbeddedKubernetes(server, dispatcher, doorkeeper, requests);
    }

    @Override
    public String description() {
        return "embedded, checks fields and types only (for a real one set %s to the folder of kube-apiserver and etcd)"
                .formatted(KubeApiServer.ASSETS);
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /// That clients show, new for each run.
    public String token() {
        return doorkeeper.token();
    }

    /// The requests so far; only the newest of very many.
    public List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    /// From now on answers some requests with 500, as an API server that is unwell.
    ///
    /// @param which of them, their status being 500; for any thread
    public void failing(Predicate<ApiRequest> which) {
        dispatcher.failing(which);
    }

    @Override
    public KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config().build()).build();
    }

    /// A client that introduces itself, so that [#requests()] tells it from others.
    public KubernetesClient client(String userAgent) {
        return new KubernetesClientBuilder()
                .withConfig(config().withUserAgent(userAgent).build())
                .build();
    }

    @Override
    public String kubeconfig() {
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - {name: jtask, cluster: {server: "%s"}}
            users:
            - {name: jtask, user: {token: %s}}
            contexts:
            - {name: jtask, context: {cluster: jtask, user: jtask, namespace: default}}
            current-context: jtask
            """.formatted(url(), token());
    }

    @Override
    public void close() {
        server.destroy();
    }

    private static void remember(ArrayBlockingQueue<ApiRequest> requests, ApiRequest request) {
        while (!requests.offer(request)) {
            requests.poll();
        }
    }

    private ConfigBuilder config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withOauthToken(token())
                .withNamespace("default")
                .withRequestTimeout(PATIENCE_MILLIS)
                .withConnectionTimeout(PATIENCE_MILLIS)
                .withTrustCerts(true);
    }
}
