package dev.jtask.worker.registry;

import dev.jtask.worker.registry.classes.TaskMethod;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Makes methods callable alike: an object and an array of arguments to an object. Unlike `Method.invoke`, nothing that
/// a method throws is wrapped, and no frames of reflection stand in its stack trace.
final class Handles {

    private static final MethodType FORM = MethodType.methodType(Object.class, Object.class, Object[].class);

    private Handles() {}

    /// @throws IllegalArgumentException when a module keeps the method to itself
    static MethodHandle of(TaskMethod task) {
        var method = task.method();
        // also a public method may be of a class that is not
        boolean open = method.trySetAccessible();
        try {
            var handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            var spread = handle.asSpreader(Object[].class, method.getParameterCount());
            return (task.isStatic() ? MethodHandles.dropArguments(spread, 0, Object.class) : spread).asType(FORM);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "module %s keeps it to itself; add 'opens %s;' to its module-info"
                            .formatted(
                                    method.getDeclaringClass().getModule().getName(),
                                    method.getDeclaringClass().getPackageName()),
                    open ? e : null);
        }
    }
}
