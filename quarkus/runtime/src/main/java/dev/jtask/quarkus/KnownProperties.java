package dev.jtask.quarkus;

import dev.jtask.protocol.setting.KnownNames;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// The names below `jtask.`: with one that is mistyped an application would run by the default in silence. No value is
/// shown.
public final class KnownProperties {

    private static final String PREFIX = "jtask.";

    /// Before a property of some profiles only: `%prod.` or `%{test,dev}.`; before a variable `_PROD_`.
    private static final Pattern PROFILE = Pattern.compile("^%[^.]+\\.");

    private static final Pattern PROFILE_VARIABLE = Pattern.compile("^_.+?_(?=JTASK_)");
    private static final String OF_THE_ENVIRONMENT = "EnvConfigSource";
    private static final String OF_THE_SYSTEM = "SysPropConfigSource";

    private final KnownNames properties;
    private final KnownNames variables;

    /// @param names all that is read below `jtask.`
    KnownProperties(List<String> names) {
        properties = new KnownNames(PREFIX, names);
        variables = new KnownNames(
                "JTASK_", names.stream().map(KnownProperties::variable).toList());
    }

    /// @throws ConfigurationException naming those that somebody wrote for this application and that are not known
    void check(Iterable<ConfigSource> sources) {
        var faults = faults(sources);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    String.join(", and ", faults.values()) + ". Correct the name, or remove what has no effect",
                    faults.keySet());
        }
    }

    private Map<String, String> faults(Iterable<ConfigSource> sources) {
        var found = new TreeMap<String, String>();
        for (var source : sources) {
            if (!isOfTheMachine(source)) {
                unknown(source).forEach(name -> found.putIfAbsent(name, sentence(name, source)));
            }
        }
        return found;
    }

    /// Those of the whole machine, which may be another program's.
    List<String> warnings(Iterable<ConfigSource> sources) {
        var all = new ArrayList<String>();
        for (var source : sources) {
            if (source.getName().startsWith(OF_THE_ENVIRONMENT)) {
                var elements = new TreeMap<>(source.getProperties());
                elements.keySet().removeIf(this::isVariable);
                all.addAll(variables.warnings(elements));
                elements.keySet().stream()
                        .filter(name -> PROFILE_VARIABLE.matcher(name).find())
                        .map(name -> "the variable %s is not known and has no effect%s"
                                .formatted(name, variables.meant(bare(PROFILE_VARIABLE, name))))
                        .forEach(all::add);
            } else if (source.getName().startsWith(OF_THE_SYSTEM)) {
                unknown(source).forEach(name -> all.add(sentence(name, source)));
            }
        }
        return all;
    }

    private Set<String> unknown(ConfigSource source) {
        return source.getPropertyNames().stream()
                .filter(name -> !isKnown(bare(PROFILE, name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isKnown(String name) {
        return !name.startsWith(PREFIX) || properties.contains(name.replaceFirst("\\[\\d+]$", ""));
    }

    private boolean isVariable(String name) {
        return variables.contains(bare(PROFILE_VARIABLE, name).replaceFirst("_\\d+_$", ""));
    }

    private String sentence(String name, ConfigSource source) {
        return "the property %s is not known (%s)%s"
                .formatted(name, source.getName(), properties.meant(bare(PROFILE, name)));
    }

    /// Whatever profile it is for: one that is mistyped for another one is as wrong.
    private static String bare(Pattern profile, String name) {
        return profile.matcher(name).replaceFirst("");
    }

    private static boolean isOfTheMachine(ConfigSource source) {
        return source.getName().startsWith(OF_THE_ENVIRONMENT)
                || source.getName().startsWith(OF_THE_SYSTEM);
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
