package dev.jtask.worker.registry;

/// A pattern in which `*` is anything, also nothing. What stands between the stars is searched from left to right and
/// never again, so a long text costs no more than its length.
///
/// @param pattern as it is written
record Glob(String pattern) {

    boolean matches(String text) {
        var parts = pattern.split("\\*", -1);
        var first = parts[0];
        var last = parts[parts.length - 1];
        if (parts.length == 1) {
            return text.equals(first);
        }
        if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = text.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            from = found + parts[i].length();
            if (found < 0 || from > end) {
                return false;
            }
        }
        return true;
    }
}
