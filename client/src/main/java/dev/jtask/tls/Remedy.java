package dev.jtask.tls;

import dev.jtask.protocol.tls.Pem;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What to do about a connection over TLS that did not come about, by the files that there are for it.
record Remedy(TlsFiles files) {

    /// As the JDK and Netty tell of it.
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /// In the JDK's words.
    private static final Pattern OTHER_NAME = Pattern.compile("^No (subject alternative|name matching)");

    /// By which the other side says that it is our certificate (RFC 8446, section 6.2).
    private static final Set<String> OURS = Set.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    /// How sure it is that the other side minds as whom we come.
    private enum Blame {
        NONE,
        /// It has ended the connection: in TLS 1.3 it hears who comes after our side is done, and its alert may be
        /// lost with the connection.
        PERHAPS,
        SURE
    }

    Optional<String> of(Throwable failure) {
        var blame = Blame.NONE;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isDistrust(cause)) {
                return Optional.of(trust());
            }
            var theirs = theirs(cause);
            if (theirs != null) {
                return Optional.of(theirs);
            }
            var more = blame(cause);
            blame = more.compareTo(blame) > 0 ? more : blame;
        }
        var option = files.options().certificate();
        return blame == Blame.NONE || option == null ? Optional.empty() : identity(blame, option);
    }

    /// Of a server's certificate by an authority that we trust; null where that is not what is wrong.
    private static @Nullable String theirs(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "its certificate has ended; renew it there";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its certificate is not good yet; is the clock of this machine right?";
        }
        return cause instanceof CertificateException
                        && OTHER_NAME
                                .matcher(String.valueOf(cause.getMessage()))
                                .find()
                ? "its certificate is for other names; ask it by one of them, or have one issued for this name"
                : null;
    }

    private String trust() {
        var option = files.options().ca();
        return files.ca() == null
                ? "none of the JVM's authorities vouches for it; give the one that does in " + option
                : "no authority in the file of %s vouches for it; add the one that does".formatted(option);
    }

    private Optional<String> identity(Blame blame, String option) {
        var file = files.certificate();
        if (file == null) {
            return Optional.of(
                    blame == Blame.SURE
                            ? "it asks for a client certificate; give one in %s, with its key".formatted(option)
                            : "where it asks for a client certificate, give one in %s, with its key".formatted(option));
        }
        var ours = read(file);
        return ours == null ? Optional.empty() : Optional.of(identity(blame, option, file, ours));
    }

    private static String identity(Blame blame, String option, Path file, X509Certificate ours) {
        try {
            ours.checkValidity();
            var issuer = ours.getIssuerX500Principal().getName();
            return blame == Blame.SURE
                    ? "it does not take the certificate in %s, which '%s' has issued; give one of an authority that it trusts in %s"
                            .formatted(file, issuer, option)
                    : "where it does not trust '%s', which has issued the certificate in %s, give one of another authority in %s"
                            .formatted(issuer, file, option);
        } catch (CertificateExpiredException e) {
            return "the certificate in %s has ended at %s; renew it"
                    .formatted(file, ours.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return "the certificate in %s is good from %s on; is the clock of this machine right?"
                    .formatted(file, ours.getNotBefore().toInstant());
        }
    }

    /// Null where it cannot be read, which the next connection says.
    private static @Nullable X509Certificate read(Path file) {
        try {
            var text = TlsFiles.text(file);
            return Pem.certificates(text.content(), text.source()).get(0);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Blame blame(Throwable cause) {
        if (cause instanceof SSLException) {
            var alert = ALERT.matcher(String.valueOf(cause.getMessage()));
            if (alert.find()) {
                return OURS.contains(alert.group(1))
                        ? Blame.SURE
                        // of TLS 1.2, also by who gets no certificate
                        : alert.group(1).equals("handshake_failure") ? Blame.PERHAPS : Blame.NONE;
            }
            return Blame.NONE;
        }
        boolean lost = cause instanceof EOFException
                || (cause instanceof SocketException
                        && !(cause instanceof ConnectException)
                        && !(cause instanceof NoRouteToHostException));
        return lost ? Blame.PERHAPS : Blame.NONE;
    }

    private static boolean isDistrust(Throwable cause) {
        // an authority of the same name and another key, as after its own renewal
        return cause instanceof CertPathBuilderException
                || cause instanceof SignatureException
                || (cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR);
    }
}
