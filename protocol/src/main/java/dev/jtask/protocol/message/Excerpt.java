package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;

/// What errors and logs say of a message: bounded and on one line, whatever its sender has written into it.
public final class Excerpt {

    private static final String CUT = "...";

    private Excerpt() {}

    /// Up to [Limits#EXCERPT] characters.
    public static String of(String text) {
        return of(text, Limits.EXCERPT);
    }

    /// @param longest characters of what comes back, those that say that it was cut among them
    public static String of(String text, int longest) {
        var line = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            var shown = isVisible(point) ? Character.toString(point) : "\\u%04x".formatted(point);
            if (line.length() + shown.length() > longest - CUT.length()) {
                return line.append(CUT).toString();
            }
            line.append(shown);
            at += Character.charCount(point);
        }
        return line.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
