package dev.jtask.operator.report;

import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Trusts every server's certificate of the authorities in a file, which is read for each handshake. By what name does
/// not matter: a pod is asked by its address, which no certificate can know beforehand.
final class PodTrust extends X509ExtendedTrustManager {

    private final X509TrustManager authorities;

    private PodTrust(X509TrustManager authorities) {
        this.authorities = authorities;
    }

    /// @throws IllegalArgumentException naming the variable and the file when it cannot be used
    static PodTrust in(Path file) {
        try {
            return new PodTrust(Objects.requireNonNull(new TlsFiles(file, null, null).trust()));
        } catch (IOException e) {
            throw new IllegalArgumentException("JTASK_OPERATOR_WORKER_CA: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nobody logs in here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
