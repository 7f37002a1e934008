package dev.jtask.jose;

import dev.jtask.seal.AuthFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Self-signed RSA certificates, made by openssl.
final class Identities {

    private Identities() {}

    /// @param subject such as `/CN=shop`
    static AuthFiles create(Path folder, String name, String subject, Path store) throws IOException {
        var files = new AuthFiles(folder.resolve(name + ".key"), folder.resolve(name + ".crt"), store);
        var openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "300",
                        "-subj",
                        subject,
                        "-keyout",
                        files.key().toString(),
                        "-out",
                        files.certificate().toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (openssl.waitFor() != 0) {
                throw new IOException("openssl made nothing: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return files;
    }
}
