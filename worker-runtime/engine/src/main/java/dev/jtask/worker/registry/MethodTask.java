package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.classes.ContextLoader;
import dev.jtask.worker.registry.classes.Loading;
import dev.jtask.worker.registry.classes.TaskMethod;
import dev.jtask.worker.registry.types.TypeNames;
import dev.jtask.worker.registry.types.WritableTypes;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A task that is an annotated method, called in the context of its class.
final class MethodTask implements TaskBody {

    private final TaskMethod method;
    private final MethodHandle handle;
    private final Supplier<? extends Lease<?>> leases;
    private final @Nullable ClassLoader context;
    private final Parameters parameters;
    private final ArgumentNames argumentNames;

    private MethodTask(TaskMethod method, Supplier<? extends Lease<?>> leases, @Nullable ClassLoader context) {
        this.method = method;
        this.handle = Handles.of(method);
        this.leases = leases;
        this.context = context;
        this.parameters = Parameters.of(method);
        this.argumentNames = ArgumentNames.of(parameters);
        checkResult(method.resolve(method.method().getGenericReturnType()));
    }

    /// @param leases what the method is called on, run by run
    /// @throws IllegalArgumentException naming the task, its method and what is wrong with it
    static TaskDefinition define(
            TaskMethod method, Supplier<? extends Lease<?>> leases, @Nullable ClassLoader context) {
        var task = method.task();
        try {
            return new TaskDefinition(task.value(), new MethodTask(method, leases, context), TaskOptions.of(task));
        } catch (IllegalArgumentException | LinkageError | TypeNotPresentException e) {
            // a class that is only mentioned, in an option, a result or a field, is looked for no earlier
            var why = Loading.lacking(e)
                    .map(missing -> Loading.failed(method.type().getName(), missing))
                    .map(Throwable::getMessage)
                    .orElse(e.getMessage());
            throw new IllegalArgumentException("task '%s' (%s): %s".formatted(task.value(), method, why), e);
        }
    }

    @Override
    public void check(ArrayNode args, ObjectNode kwargs) throws BadArgumentsException {
        try (var _ = ContextLoader.enter(context)) {
            new ArgumentBinder(parameters, args, kwargs).bind(null);
        }
    }

    @Override
    public @Nullable Object call(ArrayNode args, ObjectNode kwargs, TaskContext task) throws Exception {
        try (var _ = ContextLoader.enter(context)) {
            var values = new ArgumentBinder(parameters, args, kwargs).bind(task);
            try (var lease = leases.get()) {
                return Promises.await(invoke(method.isStatic() ? null : target(lease), values));
            }
        }
    }

    Parameters parameters() {
        return parameters;
    }

    @Override
    public String argumentName(int place) {
        return argumentNames.at(place);
    }

    @Override
    public boolean hasLostNames() {
        return parameters.names() == Parameters.Names.LOST;
    }

    private @Nullable Object invoke(@Nullable Object target, @Nullable Object[] values) throws Exception {
        try {
            return handle.invokeExact(target, values);
        } catch (Throwable thrown) {
            throw Thrown.asItIs(target, thrown);
        }
    }

    private Object target(Lease<?> lease) {
        var target = lease.instance();
        if (target == null) {
            throw new IllegalStateException("the supplier of %s returned null in place of an instance"
                    .formatted(method.type().getName()));
        }
        return target;
    }

    private static void checkResult(JavaType type) {
        var fault = WritableTypes.fault(Promises.promised(type));
        if (fault.isPresent()) {
            throw new IllegalArgumentException(
                    "its result of type %s cannot be written as JSON: %s".formatted(TypeNames.of(type), fault.get()));
        }
    }

    /// The method as people write it.
    @Override
    public String toString() {
        return method.toString();
    }
}
