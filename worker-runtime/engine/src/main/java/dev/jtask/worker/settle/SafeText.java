package dev.jtask.worker.settle;

/// Text out of a message, for a line of a log: cut, and without what would end the line.
final class SafeText {

    private static final int LONGEST = 500;

    private SafeText() {}

    static String line(String text) {
        var cut = text.length() <= LONGEST ? text : text.substring(0, end(text)) + "…";
        return cut.chars().noneMatch(Character::isISOControl)
                ? cut
                : cut.codePoints()
                        .collect(
                                StringBuilder::new,
                                (line, c) -> {
                                    if (Character.isISOControl(c)) {
                                        line.append("\\u%04x".formatted(c));
                                    } else {
                                        line.appendCodePoint(c);
                                    }
                                },
                                StringBuilder::append)
                        .toString();
    }

    /// Not within a character.
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }
}
