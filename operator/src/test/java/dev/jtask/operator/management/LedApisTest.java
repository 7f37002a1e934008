package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A thousand new pools, and the broker that all of them declare their queues at.
class LedApisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POOLS = 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final LedApis apis = new LedApis(PATIENCE.multipliedBy(5), Leadership.ALWAYS);
    private HttpServer busy;
    private HttpServer idle;

    @BeforeEach
    void start() throws IOException {
        busy = server();
        busy.createContext("/", this::hold);
        idle = server();
        idle.createContext("/", LedApisTest::created);
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        busy.stop(0);
        idle.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fourWriteAtOnceAtOneBrokerWhoeverTheyAreAndNobodyElseWaitsForThem() {
        var pools = IntStream.range(0, POOLS)
                .mapToObj(pool ->
                        Thread.ofPlatform().daemon().start(() -> declare(busy, "user-" + pool, "v" + pool % 3)))
                .toList();
        await("four that ask").atMost(PATIENCE).until(() -> asking.get() >= 4);
        await("the others that wait")
                .atMost(PATIENCE)
                .until(() -> pools.stream().allMatch(LedApisTest::waits));

        assertThat(CompletableFuture.runAsync(() -> declare(idle, "user-0", "v0"), threads))
                .as("at another broker")
                .succeedsWithin(PATIENCE);
        assertThat(answered).hasValue(0);
        mayAnswer.countDown();

        await("all of them").atMost(PATIENCE).until(() -> answered.get() == POOLS);
        assertThat(most).hasValue(4);
    }

    private void declare(HttpServer server, String user, String vhost) {
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var access = new BrokerAccess(List.of(new ManagementDoor(uri, user, "secret", vhost)), TlsMaterial.NONE);
        apis.open(access).declare(new QueueDeclaration("q", Map.of(), QueueDeclaration.Binding.NONE));
    }

    private static boolean waits(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
    }

    private HttpServer server() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private void hold(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(asking.incrementAndGet(), Math::max);
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asking.decrementAndGet();
        answered.incrementAndGet();
        created(exchange);
    }

    private static void created(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(201, -1);
        exchange.close();
    }
}
