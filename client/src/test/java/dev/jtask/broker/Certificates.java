package dev.jtask.broker;

import dev.jtask.testing.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A self-signed certificate and its key, made by the JDK's keytool, as PEM files and as a key store.
record Certificates(Path certificate, Path key, KeyStore store) {

    static final char[] PASSWORD = "changeit".toCharArray();

    /// @param name file name and common name
    /// @param alternative what it is good for, such as `ip:127.0.0.1`
    static Certificates create(Path folder, String name, String alternative) throws GeneralSecurityException {
        try {
            var file = folder.resolve(name + ".p12");
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=" + alternative,
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            "changeit")
                    .redirectErrorStream(true)
                    .start();
            var output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(file)) {
                throw new IllegalStateException("keytool made nothing: " + output);
            }
            var store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new Certificates(
                    pem(
                            folder.resolve(name + ".crt"),
                            "CERTIFICATE",
                            store.getCertificate(name).getEncoded()),
                    pem(
                            folder.resolve(name + ".key"),
                            "PRIVATE KEY",
                            store.getKey(name, PASSWORD).getEncoded()),
                    store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// TLS with this certificate in front of the broker's plain port, on a free loopback port.
    ///
    /// @param clients whom to let in, null for everybody
    Relay door(int brokerPort, @Nullable KeyStore clients) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clients == null ? store : clients);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        door.setNeedClientAuth(clients != null);
        return Relay.start(door, brokerPort);
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
    }
}
