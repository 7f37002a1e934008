package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.BrokerHosts;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.ShortHosts;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who reads a Secret, how often, and who hears of it.
class UsedSecretsTest {

    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final Parts parts = new Parts();
    private final UsedSecrets used = parts.used;

    @Test
    void poolsOfOneSecretCostOneRead() {
        Stream.of("a", "b", "c").forEach(name -> used.read(pool(name, "rabbitmq")));
        used.look();
        assertThat(parts.source.reads()).isOne();

        parts.clock.forward(REFRESH);
        used.look();
        used.look();

        assertThat(parts.source.reads()).isEqualTo(2);
        assertThat(parts.woken).isEmpty();
    }

    @Test
    void aChangedSecretWakesItsPoolsAndNoOthersUntilTheyHaveSeenIt() {
        parts.source.put("other", "amqp://u:p@other.test/");
        used.read(pool("a", "rabbitmq"));
        used.read(pool("b", "rabbitmq"));
        used.read(pool("c", "other"));
        parts.source.put("rabbitmq", "amqp://u:new@rabbit.test/");

        used.look();
        assertThat(parts.woken).as("its time has not come").isEmpty();
        parts.clock.forward(REFRESH);
        used.look();
        assertThat(parts.woken).containsExactlyInAnyOrder(id("a"), id("b"));

        parts.woken.clear();
        used.read(pool("a", "rabbitmq"));
        used.look();
        assertThat(parts.woken).containsExactly(id("b"));
    }

    /// As does a pool that finds its credentials rejected.
    @Test
    void whatOnePoolFindsOutWakesTheOthers() {
        used.read(pool("a", "rabbitmq"));
        used.read(pool("b", "rabbitmq"));
        parts.source.put("rabbitmq", "amqp://u:new@rabbit.test/");
        used.read(pool("a", "rabbitmq"));
        used.readAnew(pool("a", "rabbitmq"));

        used.look();

        assertThat(parts.woken).containsExactly(id("b"));
    }

    @Test
    void whatIsNotUsedOfASecretWakesNobody() {
        used.read(pool("a", "rabbitmq"));
        parts.source.usable();
        parts.clock.forward(REFRESH);

        used.look();

        assertThat(parts.source.reads()).isEqualTo(2);
        assertThat(parts.woken).isEmpty();
    }

    @Test
    void aSecretThatIsGoneWakesItsPoolWhichThenLooksForItItself() {
        used.read(pool("a", "rabbitmq"));
        parts.source.remove("rabbitmq");
        parts.clock.forward(REFRESH);
        used.look();
        assertThat(parts.woken).containsExactly(id("a"));

        used.read(pool("a", "rabbitmq"));
        var reads = parts.source.reads();
        used.look();
        assertThat(parts.source.reads()).isEqualTo(reads);
    }

    @Test
    void oneThatCannotBeReadWakesItsPoolWhenItIsGoodNoLonger() {
        used.read(pool("a", "rabbitmq"));
        parts.source.failWith(new KubernetesClientException("away", 0, null));
        for (var passed = Duration.ZERO; passed.toMinutes() < 10; passed = passed.plus(REFRESH)) {
            parts.clock.forward(REFRESH);
            used.look();
        }
        assertThat(parts.woken).isEmpty();

        parts.clock.forward(Duration.ofMinutes(1));
        used.look();
        assertThat(parts.woken).containsExactly(id("a"));
    }

    @Test
    void aThousandSecretsAreReadEightAtATime() {
        var eight = new CyclicBarrier(8);
        var reading = new AtomicInteger();
        var most = new AtomicInteger();
        var first = new AtomicInteger();
        var secrets = new Secrets(
                (namespace, name) -> {
                    if (first.incrementAndGet() > 48) {
                        most.accumulateAndGet(reading.incrementAndGet(), Math::max);
                        meet(eight);
                        reading.decrementAndGet();
                    }
                    return new FakeSecrets().usable().get(namespace, "rabbitmq");
                },
                BrokerHosts.ANY,
                ShortHosts.AS_THEY_ARE,
                REFRESH,
                parts.clock);
        var many = new UsedSecrets(secrets, parts.tokens, parts.woken::add);
        IntStream.range(0, 48).forEach(i -> many.read(pool("p" + i, "s" + i)));
        parts.clock.forward(REFRESH);

        many.look();

        assertThat(first).hasValue(96);
        assertThat(most).hasValueLessThanOrEqualTo(8);
        assertThat(parts.woken).isEmpty();
    }

    @Test
    void aTokenThatIsGoneWakesItsPoolAndAnotherTokenNobody() {
        var guarded = Pools.pool("queues: [{name: orders}]\nmetrics: {tokenSecretRef: {name: metrics}}\n");
        parts.source.put("metrics", "metricsToken", "one");
        assertThat(used.lookForToken(guarded)).isEmpty();
        parts.source.put("metrics", "metricsToken", "two");
        parts.clock.forward(REFRESH);
        used.look();
        assertThat(parts.woken).isEmpty();
        assertThat(parts.tokens.known("default", "metrics")).containsExactly("two", "one");

        parts.source.remove("metrics");
        parts.clock.forward(REFRESH);
        used.look();
        assertThat(parts.woken).containsExactly(Parts.SHOP);

        assertThat(used.lookForToken(guarded)).isPresent();
        used.look();
        assertThat(parts.woken).as("it looks itself").hasSize(1);
    }

    @Test
    void ofAPoolThatIsGoneNothingIsRead() {
        used.read(pool("a", "rabbitmq"));
        used.forget(id("a"));
        parts.clock.forward(REFRESH);

        used.look();

        assertThat(parts.source.reads()).isOne();
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("fewer than eight read at once", e);
        }
    }

    private static ResourceID id(String name) {
        return new ResourceID(name, "default");
    }

    private static TaskWorkerPool pool(String name, String secret) {
        return Pools.YAML.unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: %s, namespace: default, uid: "u-%1$s", generation: 3}
            spec:
              image: registry.test/shop:1.4
              broker: {secretRef: {name: %s}}
              queues: [{name: orders}]
            """.formatted(name, secret), TaskWorkerPool.class);
    }
}
