package dev.jtask.local.kubernetes.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What a kube-apiserver reads at its start, and the certificate that it then makes for itself.
record ApiServerFiles(Path base) {

    private static final int KEY_BITS = 2048;

    /// @param token of a user in the group `system:masters`, who may do everything
    static ApiServerFiles write(Path base, String token) throws IOException {
        Files.createDirectories(base);
        var files = new ApiServerFiles(base);
        // the folder first: what is in it is for its owner alone
        onlyForTheOwner(base);
        Files.writeString(files.tokens(), "%s,admin,admin,system:masters%n".formatted(token));
        Files.writeString(files.serviceAccountKey(), privateKey());
        return files;
    }

    private static void onlyForTheOwner(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    Path tokens() {
        return base.resolve("tokens.csv");
    }

    Path serviceAccountKey() {
        return base.resolve("service-account.key");
    }

    boolean hasCertificate() {
        return Files.exists(certificateFile()) && Files.exists(base.resolve("apiserver.key"));
    }

    byte[] certificate() {
        try {
            return Files.readAllBytes(certificateFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path certificateFile() {
        return base.resolve("apiserver.crt");
    }

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            var encoded = Base64.getMimeEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
