package dev.jtask.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.Authority;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class RemedyTest {

    private static final TlsFiles.Options OPTIONS = new TlsFiles.Options("JTASK_TLS_CA", "JTASK_TLS_CERT");
    private final IOException lost = new IOException(new SocketException("Connection reset"));

    @TempDir
    static Path folder;

    private static Authority.Pair good;
    private static Authority.Pair ended;

    @BeforeAll
    static void issue() {
        var authority = Authority.create(folder, "shop");
        good = authority.issue("good", "DNS:worker");
        ended = authority.issueExpired("ended", "DNS:worker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(certificate_required) Received fatal alert: certificate_required",
                "Received fatal alert: unknown_ca",
                "(bad_certificate) Received fatal alert: bad_certificate"
            })
    void ofACertificateThatIsNotTakenIsAnother(String alert) {
        var refused = new IOException(new SSLException(alert));
        assertThat(with(good).remedy(refused))
                .contains(
                        "it does not take the certificate in %s, which 'CN=shop' has issued; give one of an authority that it trusts in JTASK_TLS_CERT"
                                .formatted(good.certificate()));
        assertThat(TlsFiles.NONE.with(OPTIONS).remedy(refused))
                .contains("it asks for a client certificate; give one in JTASK_TLS_CERT, with its key");
    }

    @Test
    void ofAConnectionThatIsLostItIsOnlyPerhaps() {
        for (var each : new Exception[] {
            lost,
            new SSLException("Remote host terminated the handshake", new EOFException()),
            new SSLException("Received fatal alert: handshake_failure")
        }) {
            assertThat(with(good).remedy(each).orElseThrow())
                    .startsWith("where it does not trust 'CN=shop', which has issued the certificate in ")
                    .endsWith("give one of another authority in JTASK_TLS_CERT");
            assertThat(TlsFiles.NONE.with(OPTIONS).remedy(each))
                    .contains("where it asks for a client certificate, give one in JTASK_TLS_CERT, with its key");
        }
    }

    @Test
    void ofOneThatHasEndedIsARenewal() {
        for (var failure : new Exception[] {lost, new SSLException("Received fatal alert: certificate_expired")}) {
            assertThat(with(ended).remedy(failure).orElseThrow())
                    .startsWith("the certificate in %s has ended at 20".formatted(ended.certificate()))
                    .endsWith("Z; renew it");
        }
    }

    @Test
    void ofAnUntrustedServerIsAnAuthorityWhateverWeComeWith() {
        for (var cause : new Exception[] {
            new CertPathBuilderException("no path"), new SignatureException("Signature does not match.")
        }) {
            assertThat(with(ended).remedy(new SSLException("x", cause)))
                    .contains("none of the JVM's authorities vouches for it; give the one that does in JTASK_TLS_CA");
        }
    }

    @Test
    void ofAServersCertificateIsToRenewItOrToAskByItsName() {
        assertThat(with(good).remedy(new SSLException("x", new CertificateExpiredException("NotAfter: …"))))
                .contains("its certificate has ended; renew it there");
        var other = new CertificateException("No subject alternative names matching IP address 127.0.0.1 found");
        assertThat(with(good).remedy(new SSLException("x", other)).orElseThrow())
                .startsWith("its certificate is for other names");
    }

    @Test
    void thereIsNoneWhereSomethingElseIsWrong() throws IOException {
        assertThat(with(good).remedy(new ConnectException("Connection refused")))
                .isEmpty();
        assertThat(with(good).remedy(new SSLException("Received fatal alert: protocol_version")))
                .isEmpty();
        assertThat(TlsFiles.NONE.withCaIn("JTASK_OAUTH_CA").remedy(lost))
                .as("where no certificate can be given")
                .isEmpty();
        var broken = Files.writeString(folder.resolve("broken.crt"), "nothing");
        assertThat(new TlsFiles(null, broken, good.key()).with(OPTIONS).remedy(lost))
                .as("a file that the next connection names")
                .isEmpty();
    }

    private static TlsFiles with(Authority.Pair pair) {
        return new TlsFiles(null, pair.certificate(), pair.key()).with(OPTIONS);
    }
}
