package dev.jtask.protocol.tls;

import javax.net.ssl.SSLParameters;

/// The versions of TLS that are spoken, whatever the JVM was told to allow.
public final class TlsVersions {

    private TlsVersions() {}

    /// The first of them that the other side has is taken.
    public static String[] spoken() {
        return new String[] {"TLSv1.3", "TLSv1.2"};
    }

    /// For the JDK's HTTP client, which takes what the JVM allows otherwise; names are checked by it all the same.
    public static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(spoken());
        return parameters;
    }
}
