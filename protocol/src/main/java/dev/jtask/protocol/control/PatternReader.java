package dev.jtask.protocol.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Reads the two kinds of patterns by which remote control names workers: Python's `fnmatch`, and of its `re` what
/// names need, which is all but counted repetition, look-around and references.
final class PatternReader {

    private static final int LONGEST = 255;
    private static final int DEEPEST = 3;

    /// What negates a set.
    private static final char GLOB = '!';

    private static final char REGEX = '^';

    private final String pattern;
    private int at;
    private int depth;

    private PatternReader(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a pattern has at most %d characters, not %d".formatted(LONGEST, pattern.length()));
        }
        this.pattern = pattern;
    }

    /// `*`, `?`, `[a-z]` and `[!a-z]`; all else is itself.
    static TextPattern glob(String pattern) {
        var reader = new PatternReader(pattern);
        var parts = new ArrayList<TextPattern>();
        while (reader.isMore()) {
            parts.add(reader.globPart());
        }
        return TextPattern.sequence(parts);
    }

    /// @throws IllegalArgumentException when the pattern needs more than is read here
    static TextPattern regex(String pattern) {
        var reader = new PatternReader(pattern);
        var all = reader.choices();
        if (reader.isMore()) {
            throw reader.wrong("')' without '('");
        }
        return all;
    }

    private TextPattern globPart() {
        char c = pattern.charAt(at++);
        if (c == '*') {
            return TextPattern.one(any -> true).repeated();
        }
        if (c == '?') {
            return TextPattern.one(any -> true);
        }
        return TextPattern.one(c == '[' && closing(GLOB) >= 0 ? set(GLOB) : is -> is == c);
    }

    private TextPattern choices() {
        var choices = new ArrayList<TextPattern>();
        do {
            var parts = new ArrayList<TextPattern>();
            while (isMore() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
                parts.add(counted(atom()));
            }
            choices.add(TextPattern.sequence(parts));
        } while (take('|'));
        return TextPattern.either(choices);
    }

    private TextPattern counted(TextPattern atom) {
        TextPattern counted = atom;
        if (take('*')) {
            counted = atom.repeated();
        } else if (take('+')) {
            counted = TextPattern.sequence(List.of(atom, atom.repeated()));
        } else if (take('?')) {
            counted = atom.optional();
        } else {
            return atom;
        }
        // the shortest or the longest: for whether it fits that is the same
        take('?');
        return counted;
    }

    private TextPattern atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                if (closing(REGEX) < 0) {
                    throw wrong("'[' without ']'");
                }
                yield TextPattern.one(set(REGEX));
            }
            case '.' -> TextPattern.one(any -> true);
            case '^' -> TextPattern.BEGIN;
            case '$' -> TextPattern.END;
            case '\\' -> TextPattern.one(escaped());
            case '*', '+', '?', '{', '}', ']' -> throw wrong("'" + c + "' is not read here");
            default -> TextPattern.one(is -> is == c);
        };
    }

    private TextPattern group() {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        }
        if (++depth > DEEPEST) {
            throw wrong("more than %d groups in each other".formatted(DEEPEST));
        }
        var inner = choices();
        if (!take(')')) {
            throw wrong("'(' without ')'");
        }
        depth--;
        return inner;
    }

    private IntPredicate escaped() {
        char c = isMore() ? pattern.charAt(at++) : 'x';
        return switch (c) {
            case 'd' -> Character::isDigit;
            case 'D' -> is -> !Character.isDigit(is);
            case 'w' -> PatternReader::isWord;
            case 'W' -> is -> !isWord(is);
            case 's' -> Character::isWhitespace;
            case 'S' -> is -> !Character.isWhitespace(is);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw wrong("'\\' before a letter or at the end");
                }
                yield is -> is == c;
            }
        };
    }

    /// Where the set that begins here ends; its first character may be a bracket. Negative when it does not.
    private int closing(char negation) {
        int end = at < pattern.length() && pattern.charAt(at) == negation ? at + 1 : at;
        do {
            end += negation == REGEX && end < pattern.length() && pattern.charAt(end) == '\\' ? 2 : 1;
        } while (end < pattern.length() && pattern.charAt(end) != ']');
        return end < pattern.length() ? end : -1;
    }

    private IntPredicate set(char negation) {
        int end = closing(negation);
        boolean negated = take(negation);
        IntPredicate all = is -> false;
        while (at < end) {
            char from = pattern.charAt(at++);
            if (from == '\\' && negation == REGEX) {
                all = all.or(escaped());
                continue;
            }
            boolean isRange = at + 1 < end && pattern.charAt(at) == '-';
            char to = isRange ? pattern.charAt(at + 1) : from;
            at += isRange ? 2 : 0;
            all = all.or(is -> from <= is && is <= to);
        }
        at = end + 1;
        return negated ? all.negate() : all;
    }

    private boolean isMore() {
        return at < pattern.length();
    }

    private boolean take(char wanted) {
        boolean is = isMore() && pattern.charAt(at) == wanted;
        at += is ? 1 : 0;
        return is;
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private IllegalArgumentException wrong(String reason) {
        return new IllegalArgumentException("pattern '%s': %s".formatted(pattern, reason));
    }
}
