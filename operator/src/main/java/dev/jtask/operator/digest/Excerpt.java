package dev.jtask.operator.digest;

/// The beginning of what others say: a webhook that refuses, or a label that is quoted, may be a megabyte long, and
/// what tells of it is kept beside it.
public final class Excerpt {

    private static final String CUT = "…";

    private Excerpt() {}

    /// @param most characters of it that are shown
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // half a character is none
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + CUT;
    }
}
