package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrokerConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final CompletableFuture<Boolean> ends = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @Test
    void oneThatHangsIsEndedWithoutWhoeverAsksForIt() {
        BrokerConnections.abortAside(hanging());

        assertThat(ends).as("keeps no JVM alive").succeedsWithin(SOON).isEqualTo(true);
        goesOn.countDown();
    }

    @Test
    void oneIsEndedWithinASecond() {
        goesOn.countDown();
        BrokerConnections.abort(hanging());

        assertThat(ends).isCompleted();
    }

    @Test
    void oneThatHangsIsCutAndHoldsUpNobody() {
        var done = CompletableFuture.runAsync(() -> BrokerConnections.abort(hanging()));

        assertThat(done).succeedsWithin(SOON);
        await().atMost(SOON).until(() -> calls.get() == 2);
        goesOn.countDown();
    }

    private Connection hanging() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, given) -> answer(method, given));
    }

    private @Nullable Object answer(Method method, @Nullable Object[] given) throws InterruptedException {
        assertThat(method.getName()).isEqualTo("abort");
        assertThat(given).containsExactly(1_000);
        calls.incrementAndGet();
        ends.complete(Thread.currentThread().isDaemon());
        goesOn.await();
        return null;
    }
}
