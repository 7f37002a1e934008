package dev.jtask.operator.secret;

import org.jspecify.annotations.Nullable;

/// The PEM texts a Secret may carry for TLS; [#toString()] shows only which of them there are.
///
/// @param authority the certificates to trust, key `ca.crt`
/// @param certificate the certificate to present, key `tls.crt`
/// @param key its private key, key `tls.key`
public record TlsMaterial(
        @Nullable String authority,
        @Nullable String certificate,
        @Nullable String key) {

    /// The platform's trust, no client certificate.
    public static final TlsMaterial NONE = new TlsMaterial(null, null, null);

    @Override
    public String toString() {
        return "TLS[authority=%s, certificate=%s]".formatted(authority != null, certificate != null);
    }
}
