package dev.jtask.worker.registry.classes;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.regex.Pattern;

/// Classes that compilers, containers and libraries make from a user's class while a program is built or runs. What
/// they say of
/// a method (names, generics, annotations) is a copy, often without the half of it.
public final class Generated {

    /// Spring, Guice, Weld, OpenWebBeans and Javassist; Quarkus; Micronaut; Hibernate, Mockito and Byte Buddy; Kotlin.
    private static final Pattern NAME = Pattern.compile(
            ".*(?:\\$\\$\\w*(?:CGLIB|EnhancerBy|Proxy|Subclass|javassist|jvst).*"
                    + "|_ClientProxy|_Subclass|\\$Intercepted|\\$DefaultImpls|\\$(?:HibernateProxy|MockitoMock|ByteBuddy)\\$.*)",
            Pattern.DOTALL);

    /// Of these, the ones whose object is not the bean but stands before it.
    private static final Pattern STANDS_BEFORE = Pattern.compile(
            ".*(?:CGLIB\\$\\$.*|_ClientProxy|WeldClientProxy|OwbNormalScopeProxy\\w*|\\$HibernateProxy\\$.*)",
            Pattern.DOTALL);

    /// What Spring's `@Configuration` classes implement: those are the bean itself.
    private static final String CONFIGURATION = "EnhancedConfiguration";

    private Generated() {}

    /// Whether no user wrote this class.
    public static boolean is(Class<?> type) {
        return Proxy.isProxyClass(type)
                || (NAME.matcher(type.getName()).matches() && !type.isInterface() && !standsAlone(type));
    }

    /// The class that a user wrote: the nearest superclass that is not generated.
    static Class<?> origin(Class<?> type) {
        var parent = type.getSuperclass();
        return is(type) && parent != null && parent != Object.class && parent != Proxy.class ? origin(parent) : type;
    }

    /// Whether calls go on to another object, and only those of methods that the proxy can override.
    static boolean standsBefore(Class<?> type) {
        return is(type)
                && STANDS_BEFORE.matcher(type.getName()).matches()
                && List.of(type.getInterfaces()).stream()
                        .noneMatch(each -> each.getSimpleName().equals(CONFIGURATION));
    }

    /// A class that a user has named so.
    private static boolean standsAlone(Class<?> type) {
        return type.getSuperclass() == Object.class
                && type.getInterfaces().length == 0
                && !type.getName().endsWith("$DefaultImpls");
    }
}
