package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementException.Fault;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.OAuthAccess;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.testing.TokenServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server may answer that is no broker, or one that is unwell.
@Timeout(300)
class BoundedHttpTest {

    /// More than a counter will ever have.
    private static final long MOST = 1L << 53;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAnswerThatStallsAfterItsHeadersIsGivenUp() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
        });

        assertUnreachable("no whole answer within 500 ms", Duration.ofMillis(500));
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        var chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) ' ');
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .isInstanceOf(ManagementException.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });

        assertUnreachable("redirects are not followed");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Not Found</html>",
                "404 page not found",
                "{}",
                "[]",
                "\"error\"",
                "{\"error\":\"x\"}",
                "{\"reason\":\"x\"}"
            })
    void whatAnyWebServerRefusesIsNoWordOfABroker(String body) {
        var statuses = List.of(400, 401, 403, 404, 405);
        answer(exchange -> respond(exchange, statuses.get(asked.size() - 1), body));

        statuses.forEach(status -> assertUnreachable("HTTP %d is not a management API's".formatted(status)));
    }

    @Test
    void aRefusalHasTheBrokersWordsAndNotTooManyOfThem() {
        answer(exchange -> {
            if (asked.size() == 1) {
                respond(exchange, 400, "{\"error\":\"bad_request\",\"reason\":\"inequivalent arg\\n'x-queue-type'\"}");
            } else {
                respond(exchange, 403, "{\"error\":\"no\",\"reason\":\"" + "x".repeat(5_000) + "\"}");
            }
        });

        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .hasMessageEndingWith(" refused to list the queues (HTTP 400: inequivalent arg 'x-queue-type')");
        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .hasMessageEndingWith("(HTTP 403: " + "x".repeat(200) + "…)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"bad_request\",\"reason\":\" \"}", "{\"error\":\"x\",\"reason\":{}}"})
    void aRefusalWithoutWordsHasItsNumber(String body) {
        answer(400, body);

        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .hasMessageEndingWith(" refused to list the queues (HTTP 400)");
    }

    @Test
    void aBrokersNotFoundIsAMissingVhost() {
        answer(404, "{\"error\":\"Object Not Found\",\"reason\":\"Not Found\"}");

        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .isInstanceOfSatisfying(
                        ManagementException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_VHOST));
    }

    @Test
    void butWhereTheVhostTakesAnExchangeAMissingQueue() {
        answer(exchange -> {
            var what = exchange.getRequestURI().getPath();
            if (what.contains("/bindings/")) {
                respond(exchange, 404, "{\"error\":\"Object Not Found\",\"reason\":\"Not Found\"}");
            } else {
                exchange.sendResponseHeaders(201, -1);
            }
        });

        assertThatThrownBy(() -> api(Duration.ofSeconds(30)).bind("orders"))
                .hasMessageContaining("has no queue orders to bind")
                .isInstanceOfSatisfying(
                        ManagementException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "7",
                "<html>log in</html>",
                "{\"items\":null,\"page\":1,\"page_count\":1}",
                "{\"items\":[],\"page\":0,\"page_count\":0}",
                "{\"items\":[{}],\"page\":1,\"page_count\":1}",
                "{\"items\":[null],\"page\":1,\"page_count\":1}",
                "{\"items\":{},\"page\":1}",
                "{\"page\":\"x\"}"
            })
    void oddJsonIsNoBrokerWithoutQueues(String body) {
        answer(200, body);

        assertUnreachable("management API");
    }

    @Test
    void aListWithoutEndIsGivenUp() {
        answer(exchange -> {
            var page = asked.size();
            respond(exchange, 200, "{\"items\":[],\"page\":%d,\"page_count\":1000000}".formatted(page));
        });

        assertUnreachable("pages", Duration.ofSeconds(30));
        assertThat(asked).hasSizeLessThan(1_000);
    }

    /// Queues went since the page before said how many pages there are: RabbitMQ refuses one that begins behind
    /// the end.
    @Test
    void aPageThatIsGoneMeanwhileIsTheEndOfTheList() {
        answer(exchange -> {
            switch (asked.size()) {
                case 1 -> respond(exchange, 200, """
                    {"items":[{"name":"orders","messages_ready":7}],"page":1,"page_count":2}""");
                case 2 -> respond(exchange, 400, """
                    {"error":"page_out_of_range","reason":"Page out of range, page: 2 page size: 500, len: 499"}""");
                default -> respond(exchange, 200, "{\"name\":\"mails\",\"messages_ready\":3}");
            }
        });

        assertThat(api(Duration.ofSeconds(30)).read(Set.of("orders", "mails")))
                .containsOnlyKeys("orders", "mails")
                .containsEntry("orders", new QueueSample("orders", 7L, null, null, null, null));
        assertThat(asked).hasSize(3).last().asString().contains("/mails?");
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"page\":1,\"page_count\":1,\"items\":['",
        "200, '{\"page\":1,\"page_count\":1,\"items\":[{\"name\":\"orders\",\"arguments\":['",
        "200, '{\"page\":1,\"page_count\":1,\"items\":[],\"more\":['",
        "400, '{\"error\":\"x\",\"reason\":['",
        "401, '{\"error\":\"x\",\"reason\":['",
        "404, '{\"error\":\"x\",\"reason\":['",
        "503, '['"
    })
    void anAnswerOfVeryManyNothingsTakesNoMemory(int status, String begin) {
        var body = begin + "{},".repeat(330_000) + "{}" + (begin.contains("name") ? "]}]}" : "]}");
        answer(status, body);
        var api = api(Duration.ofSeconds(30));
        read(api);

        long before = Allocated.byThisThread();
        read(api);

        assertThat(Allocated.byThisThread() - before)
                .as("for %d bytes", body.length())
                .isLessThan(8L << 20);
    }

    @Test
    void anAnswerOfManyMegabytesIsGivenUp() {
        answer(200, "{\"page\":1,\"page_count\":1,\"items\":[" + "{},".repeat(5_000_000) + "{}]}");

        assertUnreachable("management API");
    }

    @Test
    void aPageOfTheLongestNamesFits() {
        var queues = IntStream.range(100, 599)
                .mapToObj(i -> """
                    {"consumers":10000,"message_stats":{"ack":%1$d,"publish":%1$d},"messages_ready":%1$d,
                    "messages_unacknowledged":%1$d,"name":"%2$s%3$d","type":"classic"}""".formatted(MOST, "\\u0001".repeat(252), i))
                .collect(Collectors.joining(","));
        answer(200, """
            {"items":[{"name":"orders","messages_ready":7},%s],"page":1,"page_count":1}""".formatted(queues));

        assertThat(api(Duration.ofSeconds(30)).read(Set.of("orders")))
                .containsExactly(Map.entry("orders", new QueueSample("orders", 7L, null, null, null, null)));
    }

    /// Whatever comes of it.
    private static void read(ManagementApi api) {
        try {
            var _ = api.read(Set.of("orders"));
        } catch (ManagementException e) {
            assertThat(e).hasMessageNotContaining("{}");
        }
    }

    @Test
    void aTokenThatIsRefusedIsNotShownAgain() throws IOException {
        try (var tokens = TokenServer.start()) {
            tokens.life(Duration.ofMinutes(10));
            answer(401, "{\"error\":\"not_authorised\",\"reason\":\"Login failed\"}");
            var oauth = new OAuthAccess(tokens.uri(), TokenServer.CLIENT, TokenServer.SECRET, null, null, null);
            var door = new ManagementDoor(base(), null, "/");
            var api = HttpManagementApi.open(
                    new BrokerAccess(List.of(door), TlsMaterial.NONE, oauth), Duration.ofSeconds(30));

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> api.read(Set.of("orders")))
                        .isInstanceOfSatisfying(
                                ManagementException.class,
                                e -> assertThat(e.fault()).isEqualTo(Fault.CREDENTIALS))
                        .hasMessageContaining("does not take the token");
            }
            assertThat(tokens.issued()).isEqualTo(asked.size());
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void answer(int status, String body) {
        answer(exchange -> respond(exchange, status, body));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void answer(Answer answer) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void assertUnreachable(String words) {
        assertUnreachable(words, Duration.ofSeconds(30));
    }

    private void assertUnreachable(String words, Duration timeout) {
        assertThatThrownBy(() -> api(timeout).read(Set.of("orders")))
                .isInstanceOfSatisfying(ManagementException.class, e -> {
                    assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE);
                    assertThat(e.inFull()).contains(words);
                });
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private ManagementApi api(Duration timeout) {
        var door = new ManagementDoor(base(), "u", "p", "/");
        return HttpManagementApi.open(new BrokerAccess(List.of(door), TlsMaterial.NONE), timeout);
    }
}
