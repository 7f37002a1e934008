package dev.jtask.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// Files of keys for tests.
final class KeySets {

    /// A pair of RFC 8037.
    static final String SIGNING = "{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"kid\": \"shop-1\", \"use\": \"sig\","
            + " \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
            + " \"d\": \"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}";

    private KeySets() {}

    static String secret(String id) {
        return shared(id, "enc");
    }

    static String shared(String id, String use) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "{\"kty\": \"oct\", \"kid\": \"%s\", \"use\": \"%s\", \"k\": \"%s\"}"
                .formatted(id, use, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static Path write(Path file, String... keys) {
        try {
            return Files.writeString(file, "{\"keys\": [%s]}".formatted(String.join(",\n", keys)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
