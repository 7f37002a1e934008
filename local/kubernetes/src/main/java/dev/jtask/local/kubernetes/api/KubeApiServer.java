package dev.jtask.local.kubernetes.api;

import dev.jtask.testing.process.Children;
import dev.jtask.testing.process.FreePorts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A real kube-apiserver with its etcd: validation, CEL, RBAC and server-side apply are the real ones. There are no
/// controllers, so nothing is garbage-collected and service accounts have to be created by hand.
public final class KubeApiServer implements KubernetesApi {

    /// The ecosystem's variable for the folder with `kube-apiserver` and `etcd`.
    public static final String ASSETS = "KUBEBUILDER_ASSETS";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOG_LINES = 15;

    private final Path directory;
    private final ApiServerFiles files;
    private final AuditLog audit;
    private final String token;
    private final int port;
    private final Process etcd;
    private final Process server;

    private KubeApiServer(
            Path directory,
            ApiServerFiles files,
            AuditLog audit,
            String token,
            int port,
            Process etcd,
            Process server) {
        this.directory = directory;
        this.files = files;
        this.audit = audit;
        this.token = token;
        this.port = port;
        this.etcd = etcd;
        this.server = server;
    }

    /// The folder that `KUBEBUILDER_ASSETS` names, if it is set.
    ///
    /// @throws IllegalStateException when it is set and there is no kube-apiserver
    public static Optional<Path> assets() {
        var folder = Optional.ofNullable(System.getenv(ASSETS))
                .filter(value -> !value.isBlank())
                .map(Path::of);
        for (var name : List.of("kube-apiserver", "etcd")) {
            if (folder.filter(found -> !Files.isExecutable(found.resolve(name))).isPresent()) {
                throw new IllegalStateException(
                        "%s is %s, where no %s is; correct or unset it".formatted(ASSETS, folder.get(), name));
            }
        }
        return folder;
    }

    /// Starts both processes and waits until the API answers.
    ///
    /// @param assets folder of the binaries
    /// @param directory for data and logs; emptied first, deleted at the end
    /// @throws IllegalStateException when the server does not start, with the end of its log
    public static KubeApiServer start(Path assets, Path directory) {
        var base = directory.toAbsolutePath();
        try {
            delete(base);
            var token = Doorkeeper.newToken();
            var files = ApiServerFiles.write(base, token);
            var audit = AuditLog.write(base);
            var ports = FreePorts.take(3);
            var etcd = Children.start(
                    etcd(assets, base, ports.get(0), ports.get(1)), Map.of(), base, base.resolve("etcd.log"));
            var server = Children.start(
                    server(assets, base, files, audit, ports.get(0), ports.get(2)), Map.of(), base, log(base));
            var started = new KubeApiServer(base, files, audit, token, ports.get(2), etcd, server);
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a kube-apiserver in " + base, e);
        }
    }

    @Override
    public String description() {
        return "a real kube-apiserver " + version();
    }

    @Override
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /// What was written so far, by whomever.
    public List<ApiRequest> writes() {
        return audit.writes();
    }

    @Override
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
    }

    @Override
    public String kubeconfig() {
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - {name: jtask, cluster: {server: "%s", certificate-authority-data: %s}}
            users:
            - {name: jtask, user: {token: %s}}
            contexts:
            - {name: jtask, context: {cluster: jtask, user: jtask, namespace: default}}
            current-context: jtask
            """.formatted(url(), Base64.getEncoder().encodeToString(files.certificate()), token);
    }

    @Override
    public void close() {
        for (var process : List.of(server, etcd)) {
            process.destroy();
            try {
                if (!process.waitFor(Duration.ofSeconds(5))) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
        delete(directory);
    }

    private String version() {
        try (var client = client()) {
            return client.getKubernetesVersion().getGitVersion();
        }
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!server.isAlive() || !etcd.isAlive() || System.nanoTime() > deadline) {
                var tail = tail();
                close();
                throw new IllegalStateException("kube-apiserver did not start; its log ends with:\n" + tail);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// Ready means that a namespace for everything to live in is there, too.
    private boolean isReady() {
        if (!files.hasCertificate()) {
            return false;
        }
        try (var client = client()) {
            return "ok".equals(client.raw("/readyz"))
                    && client.namespaces().withName("default").get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static List<String> etcd(Path assets, Path base, int port, int peerPort) {
        return List.of(
                assets.resolve("etcd").toString(),
                "--data-dir=" + base.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + port,
                "--advertise-client-urls=http://127.0.0.1:" + port,
                "--listen-peer-urls=http://127.0.0.1:" + peerPort,
                "--unsafe-no-fsync=true");
    }

    private static List<String> server(
            Path assets, Path base, ApiServerFiles files, AuditLog audit, int etcdPort, int port) {
        var command = List.of(
                assets.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + base,
                "--token-auth-file=" + files.tokens(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + files.serviceAccountKey(),
                "--service-account-signing-key-file=" + files.serviceAccountKey(),
                "--service-cluster-ip-range=10.0.0.0/24",
                // needs a controller that makes the account "default"
                "--disable-admission-plugins=ServiceAccount",
                // a loopback address cannot be an endpoint
                "--endpoint-reconciler-type=none",
                "--profiling=false");
        return Stream.concat(command.stream(), audit.options().stream()).toList();
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log(directory));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static Path log(Path base) {
        return base.resolve("kube-apiserver.log");
    }

    private static void delete(Path base) {
        if (!Files.exists(base)) {
            return;
        }
        try (Stream<Path> found = Files.walk(base)) {
            found.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + base, e);
        }
    }
}
