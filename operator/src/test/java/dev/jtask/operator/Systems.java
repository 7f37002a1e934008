package dev.jtask.operator;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.testing.RabbitMqNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The systems around the operator under test: a real broker and the embedded Kubernetes API, one of each for all tests
/// that ask for the same `tick` of the operator and `statistics` interval of the broker, in milliseconds.
public final class Systems implements QuarkusTestResourceLifecycleManager {

    private @Nullable World world;
    private String tick = "300ms";
    private String statistics = "1000";

    @Override
    public void init(Map<String, String> arguments) {
        tick = arguments.getOrDefault("tick", tick);
        statistics = arguments.getOrDefault("statistics", statistics);
    }

    @Override
    public Map<String, String> start() {
        var api = EmbeddedKubernetes.start();
        world = new World(api.client(World.TESTER), api, broker());
        return Map.of(
                "quarkus.kubernetes-client.api-server-url", api.url(),
                "quarkus.kubernetes-client.token", api.token(),
                "quarkus.kubernetes-client.namespace", "default",
                "jtask.operator.tick", tick,
                "jtask.operator.secret-refresh", "1s",
                "jtask.operator.deletion-patience", "3s",
                "jtask.operator.leader-election.enabled", "true",
                "jtask.operator.leader-election.lease-namespace", "default",
                "quarkus.http.test-port", "0");
    }

    private RabbitMqNode broker() {
        try {
            return RabbitMqNode.start(
                    Files.createTempDirectory("jtask-rabbitmq"), "collect_statistics_interval = " + statistics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (world != null) {
            world.kubernetes().close();
            world.api().close();
            world.broker().close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(Objects.requireNonNull(world), new TestInjector.MatchesType(World.class));
    }
}
