package dev.jtask.protocol.text;

/// The beginning of what others say: a webhook that refuses, or a name that is quoted, may be a megabyte long,
/// and what tells of it is kept beside it.
public final class Beginning {

    private static final String CUT = "…";

    private Beginning() {}

    /// The whole of a text that is no longer than this.
    ///
    /// @param most characters of it that are shown, 1 or more; what says that it was cut comes on top of them
    public static String of(String text, int most) {
        return text.length() <= most ? text : text.substring(0, end(text, most)) + CUT;
    }

    /// Where to cut a text: half a character is none.
    ///
    /// @param most characters before it, 1 to as many as there are
    public static int end(String text, int most) {
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
}
