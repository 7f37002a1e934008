package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A task that is an annotated method.
final class MethodTask implements TaskBody {

    private final Supplier<@Nullable Object> instance;
    private final Method method;
    private final List<TaskParameter> parameters;

    private MethodTask(Supplier<@Nullable Object> instance, Method method) {
        this.instance = instance;
        this.method = method;
        this.parameters =
                Arrays.stream(method.getParameters()).map(TaskParameter::of).toList();
    }

    static TaskDefinition define(Supplier<@Nullable Object> instance, Method method, Task task) {
        try {
            return new TaskDefinition(task.value(), new MethodTask(instance, method), TaskOptions.of(task));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("task '%s' (%s): %s".formatted(task.value(), method, e.getMessage()), e);
        }
    }

    @Override
    public @Nullable Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) throws Exception {
        var values = new ArgumentBinder(parameters, args, kwargs).bind(context);
        try {
            return method.invoke(instance.get(), values);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
    }
}
