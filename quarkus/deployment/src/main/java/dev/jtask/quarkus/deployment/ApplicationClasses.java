package dev.jtask.quarkus.deployment;

import org.jboss.jandex.DotName;

/// The classes of the application that is built, not initialized.
final class ApplicationClasses {

    private ApplicationClasses() {}

    static Class<?> load(DotName name) {
        try {
            return Class.forName(name.toString(), false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "%s is in the application's index and not among its classes".formatted(name), e);
        }
    }
}
