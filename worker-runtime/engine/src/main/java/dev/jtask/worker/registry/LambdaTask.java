package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.classes.Loading;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A task that is a [Lambda].
///
/// @param code called with the values of the parameters
record LambdaTask(Parameters parameters, Code code) implements TaskBody {

    /// A lambda of any number of parameters.
    interface Code {
        @Nullable
        Object call(@Nullable Object[] values) throws Exception;
    }

    static TaskDefinition define(String name, Code code, Class<?>... types) {
        try {
            return TaskDefinition.of(name, new LambdaTask(Parameters.of(types), code));
        } catch (IllegalArgumentException | LinkageError | TypeNotPresentException e) {
            var why = Loading.lacking(e)
                    .map(missing -> Loading.failed("its parameters", missing))
                    .map(Throwable::getMessage)
                    .orElse(e.getMessage());
            throw new IllegalArgumentException("task '%s' (a lambda): %s".formatted(name, why), e);
        }
    }

    @Override
    public void check(ArrayNode args, ObjectNode kwargs) throws BadArgumentsException {
        new ArgumentBinder(parameters, args, kwargs).bind(null);
    }

    @Override
    public @Nullable Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) throws Exception {
        return Promises.await(code.call(new ArgumentBinder(parameters, args, kwargs).bind(context)));
    }

    @Override
    public String toString() {
        return parameters.all().stream()
                .map(each -> each.type().getRawClass().getSimpleName())
                .collect(Collectors.joining(", ", "a lambda (", ")"));
    }
}
