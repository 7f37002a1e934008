package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes of the Issuers and Certificates of a manifest the Secrets that cert-manager makes of them, with its defaults.
/// What it does not know of them it refuses, so that nothing that a manifest says is left out; needs `openssl`.
public final class IssuedCertificates {

    private static final Set<String> KINDS = Set.of("Issuer", "Certificate");

    private final Path folder;
    private final Map<String, Map<?, ?>> issuers = new LinkedHashMap<>();
    private final Map<String, CertificateRequest> certificates = new LinkedHashMap<>();
    private final Map<String, Issued> secrets = new LinkedHashMap<>();

    /// @param authority the root's certificate
    private record Issued(String certificate, String key, String authority) {

        Map<String, String> data() {
            return Map.of("tls.crt", certificate, "tls.key", key, "ca.crt", authority);
        }

        boolean isRoot() {
            return certificate.equals(authority);
        }
    }

    /// @param folder exists, for its own files
    /// @param manifests as a reader of YAML gives them
    public IssuedCertificates(Path folder, List<? extends Map<?, ?>> manifests) {
        this.folder = folder;
        for (var manifest : manifests) {
            var name = String.valueOf(map(manifest, "metadata").get("name"));
            if (!"cert-manager.io/v1".equals(manifest.get("apiVersion")) || !KINDS.contains(manifest.get("kind"))) {
                throw new IllegalArgumentException(name + " is neither an Issuer nor a Certificate of cert-manager");
            }
            if ("Issuer".equals(manifest.get("kind"))) {
                issuers.put(name, map(manifest, "spec"));
            } else {
                var request = CertificateRequest.of(name, map(manifest, "spec"));
                certificates.put(request.secretName(), request);
            }
        }
    }

    /// The names of all Secrets that there will be.
    public Set<String> names() {
        return certificates.keySet();
    }

    /// What a Secret holds: `tls.crt`, `tls.key` and `ca.crt`, in PEM.
    public Map<String, String> secret(String name) {
        return issued(name).data();
    }

    /// The same after a renewal: another certificate, and another key unless the rotation policy is Never.
    public Map<String, String> renew(String name) {
        var issued = issue(request(name), secrets.get(name));
        secrets.put(name, issued);
        return issued.data();
    }

    /// What the Secret would hold had its certificate ended yesterday; the Secret itself stays as it is.
    public Map<String, String> expired(String name) {
        return issue(request(name).ended(), null).data();
    }

    /// A Secret as files in a folder of its name, as a pod that mounts it sees it.
    public Path mount(String name) {
        var mounted = folder.resolve("mounted-" + name);
        secret(name).forEach((key, value) -> write(mounted.resolve(key), value));
        return mounted;
    }

    private CertificateRequest request(String name) {
        var request = certificates.get(name);
        if (request == null) {
            throw new IllegalArgumentException("no Certificate has the Secret " + name);
        }
        return request;
    }

    private Issued issued(String name) {
        if (!secrets.containsKey(name)) {
            renew(name);
        }
        return Objects.requireNonNull(secrets.get(name));
    }

    private Issued issue(CertificateRequest request, @Nullable Issued before) {
        var work = folder.resolve("issuing-" + request.secretName());
        var key =
                write(work.resolve("tls.key"), before != null && request.keepsKey() ? before.key : key(request, work));
        var asked = work.resolve("request.csr");
        var made = work.resolve("tls.crt");
        OpenSsl.run(folder, "req", "-new", "-key", key, "-subj", request.subject(), "-out", asked);
        var extensions = write(work.resolve("extensions"), request.extensions());
        var command = new ArrayList<Object>(List.of("x509", "-req", "-in", asked, "-extfile", extensions));
        command.addAll(List.of("-days", request.days(), "-out", made));
        var issuer = issuers.getOrDefault(request.issuer(), Map.of());
        if (issuer.keySet().equals(Set.of("selfSigned"))) {
            command.addAll(List.of("-signkey", key));
            OpenSsl.run(folder, command.toArray());
            return new Issued(read(made), read(key), read(made));
        }
        if (!issuer.keySet().equals(Set.of("ca"))) {
            throw new IllegalArgumentException(
                    "Issuer %s is not there, or is neither selfSigned nor ca".formatted(request.issuer()));
        }
        var authority = issued(String.valueOf(map(issuer, "ca").get("secretName")));
        command.addAll(List.of("-CA", write(work.resolve("ca.crt"), authority.certificate)));
        command.addAll(List.of("-CAkey", write(work.resolve("ca.key"), authority.key), "-CAcreateserial"));
        OpenSsl.run(folder, command.toArray());
        // the chain goes up to the root and does not have it
        var chain = authority.isRoot() ? read(made) : read(made) + authority.certificate;
        return new Issued(chain, read(key), authority.authority);
    }

    private String key(CertificateRequest request, Path work) {
        var fresh = write(work.resolve("fresh.key"), "");
        var command = new ArrayList<Object>(List.of("genpkey", "-out", fresh));
        command.addAll(request.keyOptions());
        OpenSsl.run(folder, command.toArray());
        if (!request.isTraditional()) {
            return read(fresh);
        }
        var traditional = work.resolve("traditional.key");
        OpenSsl.run(folder, "pkey", "-in", fresh, "-traditional", "-out", traditional);
        return read(traditional);
    }

    static Map<?, ?> map(Map<?, ?> parent, String field) {
        if (parent.get(field) instanceof Map<?, ?> child) {
            return child;
        }
        throw new IllegalArgumentException("no " + field + " in " + parent);
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
