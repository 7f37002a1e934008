package dev.jtask.protocol.uri;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Percent-encoding, strictly: what stands for no character is refused.
final class Percent {

    /// Possessive: without it each character is a level of the matcher's stack.
    private static final Pattern SOUND = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+", Pattern.DOTALL);

    private Percent() {}

    /// @throws IllegalArgumentException without any of the text
    static String decoded(String text) {
        if (!SOUND.matcher(text).matches()) {
            throw new IllegalArgumentException("has a % that stands for no character; write %25");
        }
        var from = text.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                bytes.put((byte) (Character.digit(from[i + 1], 16) << 4 | Character.digit(from[i + 2], 16)));
                i += 2;
            } else {
                bytes.put(from[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has percent-encoded bytes that are no UTF-8; encode the text as UTF-8");
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
