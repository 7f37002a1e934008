package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// An authority of its own that issues certificates for servers and clients in tests, as PEM files; needs `openssl`.
public final class Authority {

    private static final int VALID_DAYS = 2;

    private final Path folder;
    private final Pair own;

    private Authority(Path folder, Pair own) {
        this.folder = folder;
        this.own = own;
    }

    /// A certificate and its key in PEM.
    public record Pair(Path certificate, Path key) {

        /// Puts this one in the place of another, as a renewal does.
        public void replace(Pair other) {
            try {
                Files.copy(certificate, other.certificate, StandardCopyOption.REPLACE_EXISTING);
                Files.copy(key, other.key, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// @param folder exists; all files are written there
    /// @param name of the authority, and the beginning of its files' names
    public static Authority create(Path folder, String name) {
        var own = new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        var command = request(own.key, name);
        command.addAll(List.of("-x509", "-days", String.valueOf(VALID_DAYS), "-out", own.certificate.toString()));
        OpenSsl.run(folder, command.toArray());
        return new Authority(folder, own);
    }

    /// The certificate by which it is trusted.
    public Path certificate() {
        return own.certificate;
    }

    /// @param name its common name, and part of its files' names
    /// @param alternative what it is good for, such as `IP:127.0.0.1` or `DNS:worker`
    public Pair issue(String name, String alternative) {
        return issue(name, alternative, VALID_DAYS);
    }

    /// One that ended yesterday.
    public Pair issueExpired(String name, String alternative) {
        return issue(name, alternative, -1);
    }

    private Pair issue(String name, String alternative, int days) {
        var file = folder.resolve(own.certificate.getFileName() + "-" + name);
        var pair = new Pair(Path.of(file + ".crt"), Path.of(file + ".key"));
        var asked = Path.of(file + ".csr");
        var command = request(pair.key, name);
        command.addAll(List.of("-addext", "subjectAltName=" + alternative, "-out", asked.toString()));
        OpenSsl.run(folder, command.toArray());
        OpenSsl.run(
                folder,
                "x509",
                "-req",
                "-in",
                asked.toString(),
                "-CA",
                own.certificate.toString(),
                "-CAkey",
                own.key.toString(),
                "-CAcreateserial",
                "-copy_extensions",
                "copyall",
                "-days",
                String.valueOf(days),
                "-out",
                pair.certificate);
        return pair;
    }

    private static List<String> request(Path key, String name) {
        return new ArrayList<>(List.of(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key.toString(),
                "-subj",
                "/CN=" + name));
    }
}
