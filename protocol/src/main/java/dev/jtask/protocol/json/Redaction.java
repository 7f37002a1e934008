package dev.jtask.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which arguments nobody but their task is shown, by their names. Pure.
///
/// @param names found in a name that is hidden; null for the usual words
public record Redaction(@Nullable Pattern names) {

    /// In place of a value.
    public static final String NOT_SHOWN = "<redacted>";

    /// By the words that secrets usually have in their names.
    public static final Redaction USUAL = new Redaction((Pattern) null);

    /// Found in no name: none has a character that is not one.
    private static final String NONE = "(?!)";

    /// A field's usual name or a small number. Both stand in any trace, which nobody could read without them.
    private static final Pattern WORD = Pattern.compile("[\\p{L}_-]{0,15}\\d{0,3}");

    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "authorization",
            "credential",
            "api_key",
            "api-key",
            "apikey",
            "private_key",
            "privatekey",
            "cookie");

    /// By a regular expression that is looked for in names, whatever their case; nothing is hidden by `off`.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Redaction of(String expression) {
        if (expression.isEmpty()) {
            return USUAL;
        }
        try {
            return new Redaction(Pattern.compile(
                    expression.equals("off") ? NONE : expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        }
    }

    /// Whether it hides nothing.
    public boolean isOff() {
        return names != null && names.pattern().equals(NONE);
    }

    public boolean hides(String name) {
        return names == null ? hasUsualWord(name) : names.matcher(name).find();
    }

    /// Adds all texts and numbers of a value, and names of its fields that are no words: these may be keys of a map
    /// and as secret as what stands under them.
    public static void texts(JsonNode value, Collection<String> texts) {
        if (TypedValues.isTyped(value)) {
            texts(value.get(TypedValues.VALUE), texts);
            return;
        }
        if (value.isTextual() || value.isNumber()) {
            texts.add(value.asText());
        }
        for (var field : value.properties()) {
            if (!WORD.matcher(field.getKey()).matches()) {
                texts.add(field.getKey());
            }
        }
        value.forEach(each -> texts(each, texts));
    }

    /// Without a new object, since each name of each message is asked for.
    private static boolean hasUsualWord(String name) {
        for (var word : WORDS) {
            for (int at = 0; at <= name.length() - word.length(); at++) {
                if (name.regionMatches(true, at, word, 0, word.length())) {
                    return true;
                }
            }
        }
        return false;
    }
}
