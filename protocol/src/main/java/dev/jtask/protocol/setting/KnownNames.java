package dev.jtask.protocol.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The names of all variables or properties that a program reads: one that is set and not among them has no effect, and
/// says so with
/// the one that was probably meant.
public final class KnownNames {

    /// What Kubernetes gives each pod for each Service: one named `jtask` is `JTASK_PORT_80_TCP_ADDR` and others.
    private static final Pattern SERVICE =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final String prefix;
    private final Set<String> names;

    /// @param prefix of all names, and of what is taken for one of them when it is none
    public KnownNames(String prefix, Collection<String> names) {
        this.prefix = prefix;
        this.names = new TreeSet<>(names);
    }

    /// Whether Kubernetes gave it to the pod for a Service that happens to be called so, and nobody set it.
    public static boolean isOfAService(String name, String value) {
        return SERVICE.matcher(name).matches()
                || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
    }

    public boolean contains(String name) {
        return names.contains(name);
    }

    /// In the order of the alphabet.
    public Set<String> all() {
        return new TreeSet<>(names);
    }

    /// One sentence for each variable that nobody reads. No value is shown.
    public List<String> warnings(Map<String, String> given) {
        return given.keySet().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(prefix))
                .filter(name -> !names.contains(name))
                .filter(name -> !isOfAService(name, given.getOrDefault(name, "")))
                .sorted()
                .map(name -> "the variable %s is not known and has no effect%s".formatted(name, meant(name)))
                .toList();
    }

    /// `; did you mean X?` for a name that is none of these, and nothing where none is near.
    public String meant(String name) {
        return nearest(name.substring(prefix.length()))
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private Optional<String> nearest(String name) {
        return names.stream()
                .min(Comparator.comparingInt(known -> distance(name, known.substring(prefix.length()))))
                .filter(known -> distance(name, known.substring(prefix.length()))
                        <= Math.max(2, (known.length() - prefix.length()) / 3));
    }

    /// Letters to add, leave out, change or swap with the next.
    private static int distance(String given, String known) {
        var left = given.toUpperCase(Locale.ROOT);
        var right = known.toUpperCase(Locale.ROOT);
        var table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int least = Math.min(table[i - 1][j - 1] + change, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                table[i][j] = swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
            }
        }
        return table[left.length()][right.length()];
    }
}
