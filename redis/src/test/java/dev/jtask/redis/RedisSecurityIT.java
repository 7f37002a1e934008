package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.testing.Authority;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.process.FreePorts;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Redis that speaks TLS itself and asks who comes, under an authority of its own.
@SuppressWarnings("NullAway.Init")
class RedisSecurityIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Authority first;
    private static Authority second;
    private static Authority.Pair server;
    private static Path serversTrust;
    private static RedisNode redis;
    private static int port;

    private Authority.Pair ours;
    private Path trust;

    @BeforeAll
    static void start() throws IOException {
        first = Authority.create(folder, "first");
        second = Authority.create(folder, "second");
        server = first.issue("redis", "IP:127.0.0.1");
        serversTrust = Files.copy(first.certificate(), folder.resolve("servers-trust.crt"));
        port = FreePorts.take(1).get(0);
        redis = RedisNode.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                server.certificate().toString(),
                "--tls-key-file",
                server.key().toString(),
                "--tls-ca-cert-file",
                serversTrust.toString(),
                "--tls-auth-clients",
                "yes");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void issue() throws IOException {
        serverHas(first, first.issue("redis", "IP:127.0.0.1"));
        ours = first.issue("app", "DNS:app");
        trust = Files.copy(first.certificate(), folder.resolve("trust.crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void onlyAGoodCertificateIsLetIn() {
        assertThat(complaint("127.0.0.1", new TlsFiles(trust, ours.certificate(), ours.key())))
                .isNull();
        var stranger = second.issue("app", "DNS:app");
        var expired = first.issueExpired("app", "DNS:app");
        assertThat(complaint("127.0.0.1", new TlsFiles(trust, null, null)))
                .as("none")
                .isNotNull();
        assertThat(complaint("127.0.0.1", new TlsFiles(trust, stranger.certificate(), stranger.key())))
                .as("of another authority")
                .isNotNull();
        assertThat(complaint("127.0.0.1", new TlsFiles(trust, expired.certificate(), expired.key())))
                .as("expired")
                .isNotNull();
    }

    @Test
    void aServerOfAnotherAuthorityOrNameOrTimeIsNotTalkedTo() throws IOException {
        assertThat(complaint("127.0.0.1", new TlsFiles(second.certificate(), ours.certificate(), ours.key())))
                .contains("is not trusted");
        assertThat(complaint("localhost", new TlsFiles(trust, ours.certificate(), ours.key())))
                .as("another name")
                .isNotNull();
        serverHas(first, first.issueExpired("redis", "IP:127.0.0.1"));
        assertThat(complaint("127.0.0.1", new TlsFiles(trust, ours.certificate(), ours.key())))
                .as("expired")
                .isNotNull();
    }

    @Test
    void aRotationOfEverythingRevokesTheOldAndTakesTheNewWithoutARestart() throws IOException {
        var files = new TlsFiles(trust, ours.certificate(), ours.key());
        var old = new TlsFiles(
                second.certificate(),
                Files.copy(ours.certificate(), folder.resolve("old.crt")),
                Files.copy(ours.key(), folder.resolve("old.key")));
        try (var store = ResultStores.open(uri("127.0.0.1"), files)) {
            assertThat(complaint(store)).isNull();

            serverHas(second, second.issue("redis", "IP:127.0.0.1"));
            redis.ask("CLIENT", "KILL", "TYPE", "normal");
            await().atMost(SOON).until(() -> complaint(store) != null);
            assertThat(complaint("127.0.0.1", old)).as("revoked").isNotNull();

            second.issue("app", "DNS:app").replace(ours);
            Files.copy(second.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(SOON).until(() -> complaint(store) == null);
        }
    }

    @Test
    void aServerOfTls12OrTls13IsTalkedToAndAnOlderOneIsNot() throws IOException {
        var files = new TlsFiles(trust, ours.certificate(), ours.key());
        try {
            for (var version : List.of("TLSv1.3", "TLSv1.2")) {
                speaks(version);
                assertThat(complaint("127.0.0.1", files)).as(version).isNull();
            }
            speaks("TLSv1.1");
            assertThat(complaint("127.0.0.1", files)).as("TLSv1.1").isNotNull();
        } finally {
            speaks("");
        }
    }

    private static void speaks(String version) throws IOException {
        assertThat(redis.ask("CONFIG", "SET", "tls-protocols", version, "tls-ciphers", "ALL:@SECLEVEL=0"))
                .isEqualTo("OK");
    }

    private static void serverHas(Authority trusted, Authority.Pair shown) throws IOException {
        Files.copy(trusted.certificate(), serversTrust, StandardCopyOption.REPLACE_EXISTING);
        shown.replace(server);
        // setting them again, all at once, lets the server read them
        assertThat(redis.ask(
                        "CONFIG",
                        "SET",
                        "tls-ca-cert-file",
                        serversTrust.toString(),
                        "tls-cert-file",
                        server.certificate().toString(),
                        "tls-key-file",
                        server.key().toString()))
                .isEqualTo("OK");
    }

    private static String uri(String host) {
        return "rediss://%s:%d/0".formatted(host, port);
    }

    private static @Nullable String complaint(String host, TlsFiles files) {
        try (var store = ResultStores.open(uri(host), files)) {
            return complaint(store);
        }
    }

    private static @Nullable String complaint(ResultStore store) {
        return store.ping()
                .orTimeout(60, TimeUnit.SECONDS)
                .<@Nullable String>handle(
                        (done, failure) -> failure == null ? null : String.valueOf(failure.getMessage()))
                .join();
    }
}
