package dev.jtask.operator.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Short digests of long texts, in hexadecimal digits.
public final class Digests {

    private static final int BYTES = 8;

    private Digests() {}

    /// Long enough that two texts have different ones.
    public static String of(String text) {
        return of(text, BYTES);
    }

    /// @param bytes of the digest that are shown
    public static String of(String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
