package dev.jtask.worker.run;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a text on the wire may be when a task has read it, and tells of it: a UUID has its dashes, and base64 stands
/// for bytes. Whether it was read so is not known, so each text that may be one counts as one. Pure.
final class Readings {

    private static final Pattern UUID = Pattern.compile(
            "(\\p{XDigit}{8})(-?)(\\p{XDigit}{4})\\2(\\p{XDigit}{4})\\2(\\p{XDigit}{4})\\2(\\p{XDigit}{12})");

    private static final byte[] NONE = {};

    private Readings() {}

    /// Itself, and the text that its bytes are.
    static Stream<String> texts(String value) {
        var text = text(bytes(value));
        return text.isBlank() ? Stream.of(value) : Stream.of(value, text);
    }

    /// UUIDs and bytes in digits, in each way in which Java and Python write them.
    static Stream<String> digits(String value) {
        var uuid = UUID.matcher(value);
        if (uuid.matches()) {
            return Stream.of("$1$3$4$5$6", "$1-$3-$4-$5-$6")
                    .map(uuid::replaceFirst)
                    .flatMap(Readings::inBothCases);
        }
        var bytes = bytes(value);
        return bytes.length == 0
                ? Stream.empty()
                : Stream.concat(inBothCases(HexFormat.of().formatHex(bytes)), Stream.of(Arrays.toString(bytes)));
    }

    private static Stream<String> inBothCases(String digits) {
        return Stream.of(digits.toLowerCase(Locale.ROOT), digits.toUpperCase(Locale.ROOT));
    }

    /// None where it is no base64 as clients write it.
    private static byte[] bytes(String value) {
        try {
            return value.length() % 4 == 0 ? Base64.getDecoder().decode(value) : NONE;
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
