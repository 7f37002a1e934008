package dev.jtask.worker.registry.classes;

import com.fasterxml.jackson.databind.JavaType;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A method that is a task, as one class has it: declared there or inherited.
///
/// @param type the class it is called on
/// @param method the declaration that carries the annotation; calling it runs what overrides it
public record TaskMethod(Class<?> type, Method method, Task task) {

    public boolean isStatic() {
        return Modifier.isStatic(method.getModifiers());
    }

    /// A type of the declaration, with the type variables that `type` and its superclasses fill in.
    public JavaType resolve(Type declared) {
        var types = TypedJson.mapper().getTypeFactory();
        var declaring = types.constructType(type).findSuperType(method.getDeclaringClass());
        return types.resolveMemberType(declared, declaring.getBindings());
    }

    /// The method as people write it: `shop.Orders.ship(String, int)`.
    @Override
    public String toString() {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(
                        ", ", "%s.%s(".formatted(method.getDeclaringClass().getName(), method.getName()), ")"));
    }

    /// The sentence that refuses this task.
    IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("task '%s' (%s): %s".formatted(task.value(), this, reason));
    }
}
