package dev.jtask.spring;

import dev.jtask.protocol.setting.KnownNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// The names below `jtask.`: with one that is mistyped an application would run by the default in silence. Values are
/// not shown, which Spring Boot's own check of this kind does.
final class KnownProperties {

    private static final Logger LOG = LoggerFactory.getLogger(KnownProperties.class);
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("jtask");
    private static final Map<ConfigurationPropertyName, Class<?>> NAMES = all();
    private static final KnownNames PROPERTIES = new KnownNames(
            "jtask.", NAMES.keySet().stream().map(Object::toString).toList());
    private static final KnownNames VARIABLES = new KnownNames(
            "JTASK_", NAMES.keySet().stream().map(KnownProperties::variable).toList());

    private KnownProperties() {}

    /// @throws JtaskStartException naming those that are not known
    static void check(Iterable<PropertySource<?>> sources) {
        warnings(sources).forEach(LOG::warn);
        var faults = faults(sources);
        if (!faults.isEmpty()) {
            throw new JtaskStartException(
                    String.join(", and ", faults), "Correct the name, or remove what has no effect", null);
        }
    }

    /// Those that somebody wrote for this application.
    static List<String> faults(Iterable<PropertySource<?>> sources) {
        return unknown(sources, false);
    }

    /// Those of the whole machine, which may be another program's.
    static List<String> warnings(Iterable<PropertySource<?>> sources) {
        var all = new ArrayList<>(unknown(sources, true));
        for (var source : sources) {
            if (source instanceof SystemEnvironmentPropertySource environment) {
                all.addAll(VARIABLES.warnings(variables(environment)));
            }
        }
        return all;
    }

    private static List<String> unknown(Iterable<PropertySource<?>> sources, boolean ofTheMachine) {
        var found = new TreeSet<String>();
        for (var source : ConfigurationPropertySources.from(sources)) {
            var under = source.getUnderlyingSource();
            if (under instanceof SystemEnvironmentPropertySource
                    || ofTheMachine != isOfTheMachine(under)
                    || !(source instanceof IterableConfigurationPropertySource names)) {
                continue;
            }
            names.stream()
                    .filter(ROOT::isAncestorOf)
                    .filter(name -> !isKnown(name))
                    .forEach(name -> {
                        var property = names.getConfigurationProperty(name);
                        var origin = property == null || property.getOrigin() == null
                                ? ""
                                : " (" + property.getOrigin() + ")";
                        found.add("the property %s is not known%s%s"
                                .formatted(name, origin, PROPERTIES.meant(name.toString())));
                    });
        }
        return List.copyOf(found);
    }

    private static boolean isOfTheMachine(Object source) {
        return source instanceof PropertySource<?> properties
                && properties.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        return NAMES.containsKey(name) || (name.isLastElementIndexed() && NAMES.get(name.getParent()) == List.class);
    }

    private static Map<ConfigurationPropertyName, Class<?>> all() {
        var names = below(ROOT, JtaskProperties.class);
        names.putAll(OutboxProperties.NAMES);
        return names;
    }

    private static Map<ConfigurationPropertyName, Class<?>> below(ConfigurationPropertyName parent, Class<?> type) {
        var names = new LinkedHashMap<ConfigurationPropertyName, Class<?>>();
        for (var component : type.getRecordComponents()) {
            var name = parent.append(
                    component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            if (component.getType().isRecord()) {
                names.putAll(below(name, component.getType()));
            } else {
                names.put(name, component.getType());
            }
        }
        return names;
    }

    /// As Spring Boot writes it; with `_` for `-` it is taken as well.
    private static String variable(ConfigurationPropertyName name) {
        return name.toString().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> variables(SystemEnvironmentPropertySource environment) {
        var unknown = new TreeMap<String, String>();
        for (var name : environment.getPropertyNames()) {
            if (NAMES.entrySet().stream().noneMatch(each -> isVariable(name, each.getKey(), each.getValue()))) {
                unknown.put(name, String.valueOf(environment.getProperty(name)));
            }
        }
        return unknown;
    }

    private static boolean isVariable(String given, ConfigurationPropertyName name, Class<?> type) {
        var upper = given.toUpperCase(Locale.ROOT);
        var element = type == List.class ? upper.replaceFirst("_\\d+_?$", "") : upper;
        return element.equals(variable(name))
                || element.equals(
                        name.toString().replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT));
    }
}
