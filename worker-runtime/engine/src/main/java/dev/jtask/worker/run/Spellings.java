package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.Redaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hidden values as they may stand in a text, to be taken out of it: as they are, with other line ends, without the
/// blanks around them, in JSON and in Python's quotes, and what they may have been read as.
///
/// @param values the longest first, so that none is found in another
record Spellings(List<String> values) {

    /// A shorter one may stand anywhere by chance, so that no text with it is shown at all.
    private static final int SHORT = 4;

    /// Where we have cut a text.
    private static final String CUT = "…";

    static Spellings of(Collection<String> hidden) {
        return new Spellings(hidden.stream()
                .flatMap(value -> Stream.concat(Readings.texts(value).flatMap(Spellings::all), Readings.digits(value)))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String without(String text) {
        var shown = text;
        for (var value : values) {
            if (value.length() >= SHORT) {
                shown = shown.replace(value, Redaction.NOT_SHOWN);
            } else if (shown.contains(value)) {
                return Redaction.NOT_SHOWN;
            }
        }
        return withoutBeginning(Fragments.without(shown, values));
    }

    /// A text that was cut may end with the beginning of a value.
    private String withoutBeginning(String text) {
        if (!text.endsWith(CUT)) {
            return text;
        }
        int end = text.length() - CUT.length();
        for (int length = Math.min(end, Fragments.RUN - 1); length >= SHORT; length--) {
            var ending = text.substring(end - length, end);
            if (values.stream().anyMatch(value -> value.startsWith(ending))) {
                return text.substring(0, end - length) + Redaction.NOT_SHOWN + CUT;
            }
        }
        return text;
    }

    private static Stream<String> all(String value) {
        var json = TextNode.valueOf(value).toString();
        var bare = value.strip();
        return Stream.of(
                value,
                value.lines().collect(Collectors.joining("\n")),
                // a short one is part of any text
                bare.length() < SHORT ? value : bare,
                json.substring(1, json.length() - 1),
                value.replace("'", "\\'"),
                python(value, "'"),
                python(value, "\\'"));
    }

    /// As `repr` has it, which leaves a quote alone where it writes the other sort around the text.
    private static String python(String value, String quote) {
        var spelt = new StringBuilder(value.length());
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            spelt.append(
                    switch (letter) {
                        case '\'' -> quote;
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default ->
                            Character.isISOControl(letter) ? "\\x%02x".formatted((int) letter) : String.valueOf(letter);
                    });
        }
        return spelt.toString();
    }
}
