package dev.jtask.quarkus.deployment;

import io.smallrye.config.WithParentName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The properties that a configuration's interfaces read.
final class PropertyNames {

    private PropertyNames() {}

    static List<String> below(String prefix, Class<?> config) {
        return Arrays.stream(config.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> isGroup(method)
                        ? below(name(prefix, method), method.getReturnType()).stream()
                        : Stream.of(name(prefix, method)))
                .sorted()
                .toList();
    }

    private static boolean isGroup(Method method) {
        var type = method.getReturnType();
        return type.isInterface() && type.getEnclosingClass() == outermost(method.getDeclaringClass());
    }

    private static Class<?> outermost(Class<?> type) {
        var around = type.getEnclosingClass();
        return around == null ? type : outermost(around);
    }

    private static String name(String prefix, Method method) {
        return method.isAnnotationPresent(WithParentName.class)
                ? prefix
                : prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
