package dev.jtask.local.kubernetes.node;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `$(NAME)` in the value of a variable, as Kubernetes expands it: a name that was not defined before stays as it is,
/// `$$` is a dollar sign.
final class Expansion {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^)]*)\\))");

    private Expansion() {}

    static String expand(String value, Map<String, String> defined) {
        return REFERENCE.matcher(value).replaceAll(match -> Matcher.quoteReplacement(replacement(match, defined)));
    }

    private static String replacement(MatchResult match, Map<String, String> defined) {
        var name = match.group(2);
        return name == null ? "$" : defined.getOrDefault(name, match.group());
    }
}
