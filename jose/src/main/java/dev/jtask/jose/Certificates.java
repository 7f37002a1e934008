package dev.jtask.jose;

import dev.jtask.protocol.tls.Pem;
import dev.jtask.seal.AuthFiles;
import dev.jtask.tls.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who signs with Celery's `auth` serializer: this process, and those whose certificates are in the store.
/// Shows names only.
///
/// @param name by which others look the own certificate up
record Certificates(PrivateKey key, X509Certificate own, String name, Map<String, X509Certificate> store) {

    /// Celery knows no other.
    private static final String KIND = "RSA";

    /// The texts of all files, by which a change of any is seen.
    static Map<Path, String> read(AuthFiles files) {
        var texts = new LinkedHashMap<Path, String>();
        texts.put(files.key(), Texts.of(files.key(), "auth key " + FileName.of(files.key())));
        texts.put(
                files.certificate(),
                Texts.of(files.certificate(), "auth certificate " + FileName.of(files.certificate())));
        var folder = FileName.of(files.store());
        try (var found = Files.list(files.store())) {
            found.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> texts.putIfAbsent(file, Texts.of(file, "auth certificate " + file)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "auth store %s cannot be read as a folder (%s)"
                            .formatted(folder, e.getClass().getSimpleName()),
                    e);
        }
        return texts;
    }

    /// @throws IllegalArgumentException naming the file and what is wrong with it
    static Certificates of(AuthFiles files, Map<Path, String> texts) {
        var key = Pem.privateKey(text(texts, files.key()), "auth key " + files.key());
        var own = certificate(files.certificate(), texts);
        if (!(key instanceof RSAKey) || !key.getAlgorithm().startsWith(KIND)) {
            throw new IllegalArgumentException(
                    "auth key %s is no RSA key, which Celery asks for".formatted(files.key()));
        }
        var store = new HashMap<String, X509Certificate>();
        texts.keySet().stream()
                .filter(file -> files.store().equals(file.getParent()))
                .map(file -> certificate(file, texts))
                .forEach(each -> store.put(SignerName.of(each), each));
        return new Certificates(key, own, SignerName.of(own), Map.copyOf(store));
    }

    Optional<X509Certificate> named(String signer) {
        return Optional.ofNullable(store.get(signer));
    }

    @Override
    public String toString() {
        return "certificate '%s', %d in the store".formatted(name, store.size());
    }

    private static X509Certificate certificate(Path file, Map<Path, String> texts) {
        var source = "auth certificate " + file;
        var found = Pem.certificates(text(texts, file), source).get(0);
        if (!(found.getPublicKey() instanceof RSAKey)) {
            throw new IllegalArgumentException("%s is of no RSA key, which Celery asks for".formatted(source));
        }
        return found;
    }

    private static String text(Map<Path, String> texts, Path file) {
        return texts.getOrDefault(file, "");
    }
}
