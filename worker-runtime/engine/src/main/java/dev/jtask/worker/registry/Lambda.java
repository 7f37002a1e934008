package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import dev.jtask.protocol.json.TypedJson;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tasks that are lambdas: a name, the parameters' types, and the code.
///
/// ```java
/// Lambda.task("texts.upper", String.class, text -> text.toUpperCase());
/// Lambda.task("tasks.add", Integer.class, Integer.class, (x, y) -> x + y);
/// ```
public final class Lambda {

    /// The code of a task with one parameter.
    @FunctionalInterface
    public interface One<A> {
        @Nullable
        Object call(A first) throws Exception;
    }

    /// The code of a task with two parameters.
    @FunctionalInterface
    public interface Two<A, B> {
        @Nullable
        Object call(A first, B second) throws Exception;
    }

    private Lambda() {}

    /// A task with one positional parameter.
    public static <A> TaskDefinition task(String name, Class<A> first, One<A> code) {
        var parameters = parameters(first);
        return TaskDefinition.of(name, (args, kwargs, context) -> {
            var values = new ArgumentBinder(parameters, args, kwargs).bind(context);
            return code.call(argument(first, values[0]));
        });
    }

    /// A task with two positional parameters.
    public static <A, B> TaskDefinition task(String name, Class<A> first, Class<B> second, Two<A, B> code) {
        var parameters = parameters(first, second);
        return TaskDefinition.of(name, (args, kwargs, context) -> {
            var values = new ArgumentBinder(parameters, args, kwargs).bind(context);
            return code.call(argument(first, values[0]), argument(second, values[1]));
        });
    }

    private static <T> T argument(Class<T> type, @Nullable Object value) throws BadArgumentsException {
        return Optional.ofNullable(type.cast(value))
                .orElseThrow(() -> new BadArgumentsException("an argument must not be null"));
    }

    private static List<TaskParameter> parameters(Type... types) {
        var parameters = new ArrayList<TaskParameter>();
        for (var type : types) {
            JavaType java = TypedJson.mapper().getTypeFactory().constructType(type);
            parameters.add(new TaskParameter(
                    Integer.toString(parameters.size()), false, TaskParameter.Kind.VALUE, java, null, false));
        }
        return parameters;
    }
}
