package dev.jtask.worker.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tasks that are lambdas: a name, the parameters' types, and the code. Parameters of lambdas have no names, so that
/// nothing of them is redacted; what takes a secret is better a method.
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
    ///
    /// @throws IllegalArgumentException naming the task and the type that cannot be read from JSON
    public static <A> TaskDefinition task(String name, Class<A> first, One<A> code) {
        return LambdaTask.define(name, values -> code.call(argument(first, values[0])), first);
    }

    /// A task with two positional parameters.
    ///
    /// @throws IllegalArgumentException naming the task and the type that cannot be read from JSON
    public static <A, B> TaskDefinition task(String name, Class<A> first, Class<B> second, Two<A, B> code) {
        return LambdaTask.define(
                name, values -> code.call(argument(first, values[0]), argument(second, values[1])), first, second);
    }

    private static <T> T argument(Class<T> type, @Nullable Object value) throws BadArgumentsException {
        return Optional.ofNullable(type.cast(value))
                .orElseThrow(() -> new BadArgumentsException("an argument must not be null"));
    }
}
