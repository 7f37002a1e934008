package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.workload.ApiWords;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the API server is asked a second time what is wrong with a Deployment: it finds words for a field that there
/// is none of only then, and it waits once more for a webhook.
class WebhookThatHangsTest {

    private static final String UNKNOWN_FIELD = "failed to create typed patch object: .spec: field not declared";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesClient client;
    private volatile int code = 500;
    private volatile String words = UNKNOWN_FIELD;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            boolean first = exchange.getRequestMethod().equals("PATCH");
            respond(exchange, first ? code : 422, first ? words : "spec.replica: unknown field");
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aFieldThatThereIsNoneOfIsFoundWordsFor() {
        assertThat(ApiWords.of(refusal())).contains("spec.replica");
        assertThat(asked).containsExactly("PATCH", "POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post \"https://a.default.svc/x?timeout=10s\": context deadline exceeded",
                "503 | the server is currently unable to handle the request",
                "504 | Timeout: request did not complete within requested timeout",
            })
    void whoeverDidNotAnswerIsNotAskedAgainInTheSameBreath(int refused, String message) {
        code = refused;
        words = message;

        assertThat(ApiWords.of(refusal())).isEqualTo(message);
        assertThat(asked).containsExactly("PATCH");
    }

    private KubernetesClientException refusal() {
        var api = new KubernetesDeploymentApi(client, Leadership.ALWAYS);
        return catchThrowableOfType(KubernetesClientException.class, () -> api.apply(shop()));
    }

    private Deployment shop() {
        return client.getKubernetesSerialization().unmarshal("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: default}
            spec: {selector: {matchLabels: {app: shop}}}
            """, Deployment.class);
    }

    private static void respond(HttpExchange exchange, int code, String message) throws IOException {
        var status = """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "message": "%s"}""".formatted(code, message.replace("\"", "\\\"")).getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, status.length);
        exchange.getResponseBody().write(status);
        exchange.close();
    }
}
