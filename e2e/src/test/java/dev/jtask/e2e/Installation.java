package dev.jtask.e2e;

import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;

/// The chart in its namespaces, a broker on this machine, and what lets pods reach it.
final class Installation implements AutoCloseable {

    static final String NAMESPACE = "jtask-e2e";
    /// Watched as well.
    static final String SECOND_NAMESPACE = "jtask-e2e-lost";
    /// How its operator looks, so that tests need not wait.
    static final Pace QUICK = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String host = Objects.requireNonNull(System.getenv("JTASK_E2E_HOST"), "set JTASK_E2E_HOST");
    private final Kubectl kubectl = new Kubectl(NAMESPACE);
    private final AccessLog accessLog = AccessLog.create();
    private final RabbitMqNode broker =
            RabbitMqNode.start(Files.createTempDirectory("jtask-rabbitmq"), accessLog.setting());
    private final Relay amqp;
    private final Relay management;

    Installation() throws IOException {
        amqp = open(broker.amqpPort());
        management = open(URI.create(broker.managementUri()).getPort());
        for (var namespace : List.of(NAMESPACE, SECOND_NAMESPACE)) {
            kubectl.run("create", "namespace", namespace);
            kubectl.run("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        }
        var _ = new Helm(Path.of("../helm/jtask"))
                .install()
                .withName("jtask")
                .withNamespace(NAMESPACE)
                .set("watchNamespaces[0]", NAMESPACE)
                .set("watchNamespaces[1]", SECOND_NAMESPACE)
                .set(Pace.TICK, QUICK.tick().toSeconds() + "s")
                .set(Pace.REFRESH, QUICK.secretRefresh().toSeconds() + "s")
                .waitReady()
                .withTimeout(180)
                .call();
        secret(kubectl, "rabbitmq", "guest", "guest");
        var jar = TaskJar.write(Files.createTempFile("work", ".jar"), SlowWork.class);
        kubectl.run("create", "configmap", "tasks", "--from-file=work.jar=" + jar);
        Files.delete(jar);
    }

    /// Waits as long as a loaded machine may take.
    static ConditionFactory eventually(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500));
    }

    Kubectl kubectl() {
        return kubectl;
    }

    RabbitMqNode broker() {
        return broker;
    }

    /// Lets other operators take over, who look so often.
    void pace(Pace pace) {
        var old = leader();
        var _ = new Helm(Path.of("../helm/jtask"))
                .upgrade()
                .withName("jtask")
                .withNamespace(NAMESPACE)
                .reuseValues()
                .set(Pace.TICK, pace.tick().toSeconds() + "s")
                .set(Pace.REFRESH, pace.secretRefresh().toSeconds() + "s")
                .waitReady()
                .withTimeout(180)
                .call();
        awaitLeaderAfter(old);
    }

    /// What the management API was asked.
    AccessLog accessLog() {
        return accessLog;
    }

    /// Creates or replaces a Secret by which pods and the operator reach the broker.
    void secret(Kubectl where, String name, String user, String password) {
        where.feed("""
            apiVersion: v1
            kind: Secret
            metadata: {name: %1$s}
            stringData:
              uri: amqp://%2$s:%3$s@%4$s:%5$d
              managementUri: http://%2$s:%3$s@%4$s:%6$d
            """.formatted(name, user, password, host, amqp.port(), management.port()), "apply", "-f", "-");
    }

    /// Creates a pool and waits until its queue is there.
    void apply(Pool pool) {
        kubectl.feed(pool.yaml(), "apply", "-f", "-");
        eventually("queue " + pool.name()).until(() -> broker.view().exists(pool.name()));
    }

    /// The operator's pod that leads.
    String leader() {
        return kubectl.field("lease/jtask", ".spec.holderIdentity").replaceAll("_.*", "");
    }

    /// Waits until another operator than this leads. One that goes leaves the lease to nobody for a moment.
    void awaitLeaderAfter(String old) {
        eventually("another leads").until(this::leader, leader -> !leader.isEmpty() && !leader.equals(old));
    }

    /// Waits until a condition is so, such as `True Working`.
    void awaitCondition(String pool, String type, String is) {
        eventually("%s of %s: %s".formatted(type, pool, is)).until(() -> kubectl.condition(pool, type), is::equals);
    }

    /// Shows what a person would look at.
    void show(String moment) {
        System.out.println("# " + moment);
        System.out.println(kubectl.run("get", "twp,deployments,pods"));
    }

    @Override
    public void close() throws IOException {
        kubectl.run("delete", "twp", "--all");
        var _ = Helm.uninstall("jtask").withNamespace(NAMESPACE).call();
        kubectl.run("delete", "namespace", "--ignore-not-found", NAMESPACE, SECOND_NAMESPACE);
        amqp.close();
        management.close();
        broker.close();
        accessLog.delete();
    }

    /// Lets pods reach the broker, which stays on loopback.
    private Relay open(int loopbackPort) throws IOException {
        return Relay.start(new ServerSocket(0, 50, InetAddress.getByName(host)), loopbackPort);
    }
}
