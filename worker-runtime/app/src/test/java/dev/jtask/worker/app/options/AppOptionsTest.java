package dev.jtask.worker.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.options.RemoteAccess;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.options.WorkerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppOptionsTest {

    @Test
    void needsNoVariable() {
        var app = AppOptions.fromEnvironment(Map.of());
        var options = app.worker();
        assertThat(options.broker()).hasToString("amqp://127.0.0.1:5672");
        assertThat(options.queues()).containsExactly("celery");
        assertThat(options.concurrency()).isPositive();
        assertThat(options.prefetch()).isEmpty();
        assertThat(options.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.nodeName()).startsWith("jtask@");
        assertThat(app.http().port()).isEqualTo(9000);
    }

    @Test
    void readsEachVariable() {
        var app = AppOptions.fromEnvironment(Map.of(
                "JTASK_QUEUES", "a, b",
                "JTASK_CONCURRENCY", "8",
                "JTASK_PREFETCH", "16",
                "JTASK_DRAIN_TIMEOUT", "1h30m",
                "JTASK_NODE_NAME", "pool@pod-1",
                "JTASK_HTTP_PORT", "0",
                "JTASK_THREADS", "platform",
                "JTASK_REMOTE_CONTROL", "inspect",
                "JTASK_RESULT_BACKEND", "disabled"));
        var options = app.worker();
        assertThat(options.queues()).containsExactly("a", "b");
        assertThat(options.concurrency()).isEqualTo(8);
        assertThat(options.prefetch()).hasValue(16);
        assertThat(options.drainTimeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(options.nodeName()).isEqualTo("pool@pod-1");
        assertThat(options.broker().connectionName()).isEqualTo("pool@pod-1");
        assertThat(app.http().port()).isZero();
        assertThat(options.threads()).isEqualTo(WorkerOptions.Threads.PLATFORM);
        assertThat(options.remoteAccess()).isEqualTo(RemoteAccess.INSPECT);
    }

    @Test
    void whatKubernetesSetsForAServiceIsNotSet() {
        var links = AppOptions.variables().stream()
                .filter(name -> name.endsWith("_PORT"))
                .collect(Collectors.toMap(name -> name, name -> "tcp://10.0.0.1:8080"));
        assertThat(links).containsKey("JTASK_METRICS_PORT");

        assertThat(AppOptions.fromEnvironment(links).http())
                .isEqualTo(AppOptions.fromEnvironment(Map.of()).http());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JTASK_BROKER_URI     | http://x            | must start with amqp:// or amqps://
            JTASK_BROKER_URI     | amqp://u:p%zz@h/    | a % that stands for no character
            JTASK_QUEUES         | a,,b                | separated by commas
            JTASK_QUEUES         | a,a                 | name each queue once
            JTASK_CONCURRENCY    | 0                   | use a number from 1 to 10000
            JTASK_CONCURRENCY    | many                | use a number from 1 to 10000
            JTASK_PREFETCH       | 0                   | use auto or 1 to 65535
            JTASK_PREFETCH       | much                | use auto or 1 to 65535
            JTASK_DRAIN_TIMEOUT  | 5 minutes           | write 500ms, 30s, 5m or 1h30m
            JTASK_DRAIN_TIMEOUT  | 99999999999999999999s | write 500ms, 30s, 5m or 1h30m
            JTASK_DRAIN_TIMEOUT  | 9999999h            | use 0s to 365 days, not PT9999999H
            JTASK_DRAIN_TIMEOUT  | 110000d             | use 0s to 365 days
            JTASK_CONSUMER_TIMEOUT | 110000d           | use 1s to 365 days
            JTASK_SIGNATURES_MAX_AGE | 999999999d      | a hundred years at most
            JTASK_SIGNATURES_MAX_AGE | 0s              | above zero
            JTASK_HTTP_PORT      | 70000               | use a number from 0 to 65535
            JTASK_METRICS_PORT   | 65536               | use same
            JTASK_METRICS_TOKEN_FILE | /no/token       | cannot be read
            JTASK_THREADS        | green               | use virtual or platform
            JTASK_REMOTE_CONTROL | read                | use full or inspect or off
            JTASK_RESULT_BACKEND | mysql://x           | use rpc://
            JTASK_RESULT_BACKEND | redis://h/zero      | write it as redis://
            JTASK_TLS_CA         | /no/such/ca.pem     | cannot be read
            JTASK_OAUTH_TOKEN_URI | https://h/t        | go together
            JTASK_OAUTH_CA       | /no/such/ca.pem     | cannot be read
            JTASK_METRICS_TLS_CERT | /no/such.crt      | cannot be read
            """)
    void aWrongValueIsAnErrorThatNamesTheVariable(String variable, String value, String reason) {
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(variable)
                .hasMessageContaining(reason);
    }

    @Test
    void aNameIsOneThatTheBrokerTakes() {
        for (var wrong : List.of("n".repeat(242), "\u00e9".repeat(121), "a\tb", "a\u0085b")) {
            assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_NODE_NAME", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("JTASK_NODE_NAME");
        }
        var longest = "n".repeat(241);
        assertThat(AppOptions.fromEnvironment(Map.of("JTASK_NODE_NAME", longest))
                        .worker()
                        .nodeName())
                .isEqualTo(longest);
        for (var wrong : List.of("s".repeat(231), "\u00e9".repeat(116), "a\tb")) {
            assertThatThrownBy(() -> AppOptions.schedulerName(Map.of("JTASK_SCHEDULER_NAME", wrong), "file"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("JTASK_SCHEDULER_NAME");
            assertThatThrownBy(() -> AppOptions.schedulerName(Map.of(), wrong))
                    .as("of a file")
                    .hasMessageStartingWith("JTASK_SCHEDULER_NAME");
        }
        assertThat(AppOptions.schedulerName(Map.of("JTASK_SCHEDULER_NAME", " shop "), "file"))
                .isEqualTo("shop");
    }

    @Test
    void tlsFilesAreNeverIgnored(@TempDir Path folder) throws IOException {
        var ca = Files.writeString(folder.resolve("ca.crt"), "…").toString();
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_TLS_CA", ca, "JTASK_BROKER_URI", "amqp://h")))
                .hasMessageStartingWith("JTASK_BROKER_URI")
                .hasMessageContaining("write amqps://");
        assertThatThrownBy(
                        () -> AppOptions.fromEnvironment(Map.of("JTASK_TLS_CERT", ca, "JTASK_BROKER_URI", "amqps://h")))
                .hasMessageContaining("JTASK_TLS_KEY");
        var store = AppOptions.fromEnvironment(Map.of("JTASK_TLS_CA", ca, "JTASK_RESULT_BACKEND", "rediss://r"));
        assertThat(store.worker().results())
                .isInstanceOfSatisfying(
                        Results.Stored.class,
                        stored -> assertThat(stored.tls().ca()).isNotNull());
        assertThat(store.worker().broker().tls().ca()).isNull();
    }

    @Test
    void credentialsMayBeInFiles(@TempDir Path folder) throws IOException {
        var file = folder.resolve("uri");
        Files.writeString(file, "amqp://u:sEcret@h/v\n");
        var options = AppOptions.fromEnvironment(Map.of("JTASK_BROKER_URI_FILE", file.toString()));
        assertThat(options.worker().broker()).hasToString("amqp://h:5672/v");

        Files.writeString(file, "redis://:sEcret@h/x");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_RESULT_BACKEND_FILE", file.toString())))
                .hasMessageStartingWith("JTASK_RESULT_BACKEND_FILE: ")
                .hasMessageNotContaining("sEcret");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(
                        Map.of("JTASK_BROKER_URI_FILE", file.toString(), "JTASK_BROKER_URI", "amqp://h")))
                .hasMessageContaining("both set");
    }

    @Test
    void aLoginByTokenIsReadWholeOrRefused(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "sEcret").toString();
        var all = new HashMap<>(Map.of(
                "JTASK_BROKER_URI", "amqps://h",
                "JTASK_OAUTH_TOKEN_URI", "https://login.example/token",
                "JTASK_OAUTH_CLIENT_ID", "thumbnails",
                "JTASK_OAUTH_CLIENT_SECRET_FILE", file));
        assertThat(AppOptions.fromEnvironment(all).worker().broker().oauth())
                .hasToString("client 'thumbnails' of https://login.example/token");

        all.put("JTASK_OAUTH_CLIENT_SECRET", "sEcret");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(all))
                .hasMessageContaining("JTASK_OAUTH_CLIENT_SECRET")
                .hasMessageNotContaining("sEcret");
        all.remove("JTASK_OAUTH_CLIENT_SECRET");
        all.put("JTASK_OAUTH_TOKEN_URI", "http://login.example/token");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(all))
                .hasMessageStartingWith("JTASK_OAUTH_TOKEN_URI")
                .hasMessageContaining("in plaintext");
        all.put("JTASK_OAUTH_TOKEN_URI", "https://login.example/token");
        all.put("JTASK_BROKER_URI", "amqps://me:sEcret@h");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(all))
                .hasMessageStartingWith("JTASK_BROKER_URI")
                .hasMessageContaining("leave user, password and auth_mechanism away")
                .hasMessageNotContaining("sEcret");
    }

    @Test
    void metricsWithTlsHaveAPortOfTheirOwn(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("any"), "…").toString();
        var all = new HashMap<>(Map.of("JTASK_METRICS_TLS_CERT", file));
        assertThatThrownBy(() -> AppOptions.fromEnvironment(all)).hasMessageContaining("JTASK_METRICS_TLS_KEY");
        all.put("JTASK_METRICS_TLS_KEY", file);
        assertThatThrownBy(() -> AppOptions.fromEnvironment(all)).hasMessageContaining("set JTASK_METRICS_PORT");
        all.put("JTASK_METRICS_PORT", "0");
        assertThat(AppOptions.fromEnvironment(all).http().metricsTls().isNone()).isFalse();
    }

    @Test
    void neverRepeatsAPassword() {
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_BROKER_URI", "amqps://u:sEcret%@h/")))
                .hasMessageNotContaining("sEcret");
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_RESULT_BACKEND", "redis://:sEcret@h/x")))
                .hasMessageNotContaining("sEcret");
        assertThat(Results.parse("redis://app:sE/cr@et@h")).hasToString("redis://h:6379/0");
    }

    @Test
    void aSecretInPlaceOfAFilesPathIsNotRepeated() {
        var files = AppOptions.variables().stream()
                .filter(name -> name.matches(".*(_FILE|_KEY|_CERT|_CA|_STORE)"))
                .toList();
        assertThat(files).hasSizeGreaterThan(10).contains("JTASK_TLS_KEY", "JTASK_METRICS_TOKEN_FILE");
        for (var name : files) {
            for (var secret : List.of(
                    "sEcret",
                    "/sEcret",
                    "sEcret/+=",
                    "amqp://u:sEcret",
                    "-----BEGIN PRIVATE KEY-----\nsEcret/sEcret\n-----END PRIVATE KEY-----",
                    "{\"keys\":[{\"k\":\"sEcret\"}]}",
                    "sEcret".repeat(1_000))) {
                assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of(name, secret)))
                        .hasMessageStartingWith(name + ": ")
                        .hasMessageContaining("not what is in it")
                        .satisfies(e -> assertThat(trace(e)).doesNotContain("sEcret"));
            }
        }
    }

    @Test
    void aFileThatIsMissingInItsFolderIsNamed(@TempDir Path folder) {
        var file = folder.resolve("ca.crt").toString();
        assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of("JTASK_TLS_CA", file)))
                .hasMessage("JTASK_TLS_CA '%s': the file cannot be read", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:sEcret",
                "redis://:sEcret%40h:6379/0",
                "redis://h/0?password=sEcret",
                "redis://h/0?sEcret",
                "redis://h/0?a\n=sEcret",
                "sEcret",
                "amqp://u:sEcret"
            })
    void aPasswordIsNotRepeatedWhateverIsAroundIt(String value) {
        for (var name :
                List.of("JTASK_RESULT_BACKEND", "JTASK_BROKER_URI", "JTASK_CONCURRENCY", "JTASK_DRAIN_TIMEOUT")) {
            if (value.contains("://") || name.endsWith("_URI") || name.endsWith("_BACKEND")) {
                assertThatThrownBy(() -> AppOptions.fromEnvironment(Map.of(name, value)))
                        .hasMessageStartingWith(name + ": ")
                        .satisfies(e -> assertThat(trace(e)).doesNotContain("sEcret"));
            }
        }
    }

    private static String trace(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
