package dev.jtask.worker.registry.classes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/// Java's rule of which instance method overrides which, for two of one [Signature].
final class Overriding {

    private Overriding() {}

    static boolean overrides(Method lower, Method upper) {
        var above = upper.getDeclaringClass();
        var below = lower.getDeclaringClass();
        return above != below
                && above.isAssignableFrom(below)
                && !Modifier.isPrivate(upper.getModifiers())
                && (isInherited(upper) || above.getPackageName().equals(below.getPackageName()));
    }

    private static boolean isInherited(Method method) {
        return Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers());
    }
}
