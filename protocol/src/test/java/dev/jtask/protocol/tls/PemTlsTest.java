package dev.jtask.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys as openssl and cert-manager write them.
class PemTlsTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void needsOpenssl() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl"))),
                "no openssl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            genrsa -traditional -out KEY 2048                                      | BEGIN RSA PRIVATE KEY
            genrsa -traditional -out KEY 4096                                      | BEGIN RSA PRIVATE KEY
            genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY          | BEGIN PRIVATE KEY
            ecparam -name prime256v1 -genkey -out KEY                              | BEGIN EC PARAMETERS
            ecparam -name secp384r1 -genkey -noout -out KEY                        | BEGIN EC PRIVATE KEY
            ecparam -name secp521r1 -genkey -noout -out KEY                        | BEGIN EC PRIVATE KEY
            genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY        | BEGIN PRIVATE KEY
            genpkey -algorithm ed25519 -out KEY                                    | BEGIN PRIVATE KEY
            """)
    void readsEachFormOfKey(String command, String form) throws Exception {
        var key = folder.resolve("key.pem");
        openssl(command.replace("KEY", key.toString()));
        openssl("req -x509 -key %s -subj /CN=app -days 2 -out %s".formatted(key, folder.resolve("app.crt")));
        assertThat(Files.readString(key)).contains(form);

        var manager = PemTls.identity(text("app.crt"), text("key.pem"));

        var algorithm = manager.getCertificateChain("client")[0].getPublicKey().getAlgorithm();
        assertThat(manager.getPrivateKey("client").getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void readsAllAuthoritiesOfAFileAmongOtherText() throws Exception {
        var all = Stream.of("one", "two")
                .map(name -> "# " + name + "\nsubject=CN = " + name + "\n" + authority(name))
                .collect(Collectors.joining("\n"));

        assertThat(PemTls.trust(new PemTls.Text(all, "ca.crt")).getAcceptedIssuers())
                .extracting(authority -> authority.getSubjectX500Principal().getName())
                .containsExactlyInAnyOrder("CN=one", "CN=two");
    }

    @Test
    void saysWhatIsWrongAndShowsNoKey() throws Exception {
        var locked = folder.resolve("locked.pem");
        openssl("genrsa -traditional -aes128 -passout pass:secret -out %s 2048".formatted(locked));
        assertThatThrownBy(() -> Pem.privateKey(Files.readString(locked), "tls.key"))
                .hasMessageContaining("tls.key holds a key with a passphrase");
        assertThatThrownBy(() -> Pem.privateKey(authority("x"), "tls.key"))
                .hasMessageContaining("tls.key holds no private key");
        assertThatThrownBy(() -> Pem.certificates("", "ca.crt")).hasMessage("ca.crt holds no certificate in PEM form");
        for (var type : List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY")) {
            for (var body : List.of("c2VjcmV0", "MIIB", "MIL//w==", "!", "")) {
                var broken = "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(type, body, type);
                assertThatThrownBy(() -> Pem.privateKey(broken, "tls.key"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("tls.key ")
                        .hasMessageNotContaining("c2VjcmV0");
            }
        }
    }

    @Test
    void speaksNothingOlderThanTls12() {
        assertThat(PemTls.context(null, null).getDefaultSSLParameters().getProtocols())
                .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    private static String authority(String name) {
        try {
            openssl("req -x509 -newkey rsa:2048 -nodes -keyout %s -subj /CN=%s -days 2 -out %s"
                    .formatted(folder.resolve("ca.key"), name, folder.resolve("ca.crt")));
            return Files.readString(folder.resolve("ca.crt"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PemTls.Text text(String file) throws Exception {
        return new PemTls.Text(Files.readString(folder.resolve(file)), file);
    }

    private static void openssl(String arguments) throws Exception {
        var command = Stream.concat(
                        Stream.of("openssl"), Stream.of(arguments.strip().split(" +")))
                .toList();
        var log = folder.resolve("openssl.log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(log.toPath()));
        }
    }
}
