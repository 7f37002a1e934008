package dev.jtask.worker.app.logging;

/// Texts of strangers for a terminal: what is not to be seen is written as Java would write it.
final class Visible {

    private Visible() {}

    /// Without line breaks, escape codes, and what turns the direction of writing.
    static String line(String text) {
        if (text.codePoints().noneMatch(Visible::isHidden)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                shown.append("\\n");
            } else if (point == '\r') {
                shown.append("\\r");
            } else if (isHidden(point)) {
                Character.toString(point).chars().forEach(unit -> shown.append("\\u%04x".formatted(unit)));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
