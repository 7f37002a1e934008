package dev.jtask.jose;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// How Celery calls a certificate: the values of its issuer's name, in their order, and its serial number.
final class SignerName {

    /// Kept as text in what Java writes; of all others the encoded form is read.
    private static final Map<String, String> MAIL = Map.of("1.2.840.113549.1.9.1", "EMAILADDRESS");

    private static final int LONG_LENGTH = 0x80;

    private SignerName() {}

    /// @throws IllegalArgumentException when its issuer's name cannot be read
    static String of(X509Certificate certificate) {
        try {
            var words = new ArrayList<String>();
            var issuer = certificate.getIssuerX500Principal().getName(X500Principal.RFC2253, MAIL);
            // the first of these is the last in the text, and so the first in the certificate
            for (var part : new LdapName(issuer).getRdns()) {
                words.addAll(values(part));
            }
            words.add(certificate.getSerialNumber().toString());
            return String.join(" ", words);
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("the issuer of a certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> values(Rdn part) throws InvalidNameException {
        if (part.size() == 1) {
            return List.of(text(part.getValue()));
        }
        try {
            var values = new ArrayList<String>();
            var all = part.toAttributes().getAll();
            while (all.hasMore()) {
                values.add(text(all.next().get()));
            }
            return values;
        } catch (NamingException e) {
            throw new InvalidNameException(e.getMessage());
        }
    }

    /// An attribute that has no word is there as bytes: type, length, text.
    private static String text(Object value) {
        if (!(value instanceof byte[] encoded) || encoded.length < 2) {
            return String.valueOf(value);
        }
        int length = encoded[1] & 0xff;
        int start = length < LONG_LENGTH ? 2 : 2 + (length & 0x7f);
        return start > encoded.length ? "" : new String(encoded, start, encoded.length - start, StandardCharsets.UTF_8);
    }
}
