package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.Authority;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.process.FreePorts;
import dev.jtask.worker.app.options.AppOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers whose certificate nobody is to look at: with Redis that is obeyed and warned of, for whoever connects; with
/// brokers it cannot be said.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class UncheckedSecurityIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "unchecked";
    private static final String WARNING = "may be anybody: its certificate is not checked, as its URI says";

    @TempDir
    static Path folder;

    private static Authority authority;
    private static RedisNode redis;
    private static int port;

    private final RabbitMqNode node;

    UncheckedSecurityIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeAll
    static void start() {
        authority = Authority.create(folder, "ca");
        var shown = authority.issue("redis", "IP:127.0.0.1");
        port = FreePorts.take(1).getFirst();
        redis = RedisNode.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                shown.certificate().toString(),
                "--tls-key-file",
                shown.key().toString(),
                "--tls-ca-cert-file",
                authority.certificate().toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                "C4nary");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void sweep() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
    }

    /// In Lettuce's words and in Celery's; nobody vouches for the server, and it has another name.
    @ParameterizedTest
    @ValueSource(strings = {"verifyPeer=NONE", "verifypeer=none", "ssl_cert_reqs=none", "ssl_cert_reqs=CERT_NONE"})
    void aRedisThatIsNotCheckedIsUsedAndWarnedOf(String words) throws Exception {
        var uri = "rediss://:C4nary@localhost:%d/0?%s".formatted(port, words);
        try (var log = new LogLines();
                var _ = Workers.start(node, new TestTasks(), QUEUE, "JTASK_RESULT_BACKEND", uri)) {
            assertThat(log.count(WARNING)).as("of the worker").isEqualTo(1);
            try (var client = TaskClient.builder(node.amqpUri())
                    .queue(QUEUE)
                    .resultBackend(uri)
                    .connect()) {
                assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            }
            assertThat(log.count(WARNING)).as("of the client as well").isEqualTo(2);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("rediss://localhost:%d/0 may be anybody".formatted(port)))
                    .noneMatch(line -> line.contains("C4nary"));
        }
    }

    @Test
    void oneThatIsCheckedIsNot() throws Exception {
        var uri = "rediss://:C4nary@127.0.0.1:%d/0".formatted(port);
        var ca = authority.certificate();
        try (var log = new LogLines();
                var _ = Workers.start(
                        node, new TestTasks(), QUEUE, "JTASK_RESULT_BACKEND", uri, "JTASK_TLS_CA", ca.toString());
                var client = TaskClient.builder(node.amqpUri())
                        .queue(QUEUE)
                        .resultBackend(uri)
                        .tls(ca, null, null)
                        .connect()) {
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            assertThat(log.count("may be anybody")).isZero();
        }
    }

    @Test
    void aBrokerCannotGoUnchecked() {
        for (var words : List.of("verify=verify_none", "verifyPeer=NONE", "ssl_cert_reqs=none", "ssl_verify=false")) {
            var uri = "amqps://app:C4nary@localhost/?" + words;
            assertThatThrownBy(() -> TaskClient.connect(uri))
                    .as("client")
                    .hasMessageContaining("is not known")
                    .hasMessageNotContaining("C4nary");
            assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_BROKER_URI", uri)))
                    .as("worker")
                    .hasMessageContaining("is not known")
                    .hasMessageNotContaining("C4nary");
        }
    }
}
