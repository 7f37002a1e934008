package dev.jtask.operator;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.testing.RabbitMqNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The systems around the operator under test: a real broker and the embedded Kubernetes API, one of each for all
/// tests.
public final class Systems implements QuarkusTestResourceLifecycleManager {

    private @Nullable World world;

    @Override
    public Map<String, String> start() {
        var api = EmbeddedKubernetes.start();
        world = new World(api.client(World.TESTER), api, RabbitMqNode.start());
        return Map.of(
                "quarkus.kubernetes-client.api-server-url", api.url(),
                "quarkus.kubernetes-client.token", api.token(),
                "quarkus.kubernetes-client.namespace", "default",
                "jtask.operator.tick", "300ms",
                "jtask.operator.secret-refresh", "1s",
                "jtask.operator.deletion-patience", "3s",
                "jtask.operator.leader-election.enabled", "true",
                "jtask.operator.leader-election.lease-namespace", "default",
                "quarkus.http.test-port", "0");
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
