package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.ResultStores;
import dev.jtask.protocol.tls.PemTls;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.Relay;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rediss://` with authorities of one's own, on either side.
@SuppressWarnings("NullAway.Init")
class RedisTlsIT {

    @TempDir
    static Path folder;

    private static RedisNode redis;
    private static Relay door;

    @BeforeAll
    static void start() throws Exception {
        issue("server", "IP:127.0.0.1");
        issue("app", "DNS:app.test");
        issue("other", "IP:127.0.0.1");
        redis = RedisNode.start();
        var context =
                PemTls.context(PemTls.trust(text("app.crt")), PemTls.identity(text("server.crt"), text("server.key")));
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        door = Relay.start(socket, URI.create(redis.uri()).getPort());
    }

    @AfterAll
    static void stop() throws IOException {
        door.close();
        redis.close();
    }

    @Test
    void comesWithItsCertificateAndTrustsTheAuthorityOfTheFile() {
        assertThat(complaint(new TlsFiles(file("server.crt"), file("app.crt"), file("app.key"))))
                .isNull();
    }

    @Test
    void trustsNobodyElse() {
        assertThat(complaint(new TlsFiles(file("other.crt"), file("app.crt"), file("app.key"))))
                .contains("is not trusted", "no authority in the file of tls(ca, …) vouches for it");
        assertThat(complaint(TlsFiles.NONE.withCaIn("JTASK_TLS_CA")))
                .contains("is not trusted", "give the one that does in JTASK_TLS_CA");
    }

    @Test
    void isNotLetInWithoutACertificate() {
        assertThat(complaint(new TlsFiles(file("server.crt"), null, null))).isNotNull();
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        var broken = Files.writeString(file("broken.crt"), "nothing");
        assertThat(complaint(new TlsFiles(broken, null, null))).contains("broken.crt holds no certificate");
    }

    private static @Nullable String complaint(TlsFiles files) {
        try (var store = ResultStores.open("rediss://127.0.0.1:%d/0".formatted(door.port()), files)) {
            return store.ping()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .<@Nullable String>handle(
                            (done, failure) -> failure == null ? null : String.valueOf(failure.getMessage()))
                    .join();
        }
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static PemTls.Text text(String name) throws IOException {
        return new PemTls.Text(Files.readString(file(name)), name);
    }

    private static void issue(String name, String alternative) throws Exception {
        var command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                file(name + ".key").toString(),
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=" + alternative,
                "-days",
                "2",
                "-out",
                file(name + ".crt").toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file("openssl.log").toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(file("openssl.log"))).isZero();
    }
}
