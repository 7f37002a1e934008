package dev.jtask.protocol.tls;

/// The versions of TLS that are spoken, whatever the JVM was told to allow.
public final class TlsVersions {

    private TlsVersions() {}

    /// The first of them that the other side has is taken.
    public static String[] spoken() {
        return new String[] {"TLSv1.3", "TLSv1.2"};
    }
}
