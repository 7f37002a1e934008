package dev.jtask.worker.registry;

import dev.jtask.worker.registry.classes.Generated;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/// What a task threw, as its code threw it: `retryFor` and the sender are to see that and no wrapper.
final class Thrown {

    private Thrown() {}

    /// Throws it, also where it is neither an exception nor an error: no caller can name those, and each must catch
    /// them.
    ///
    /// @param target what was called; a proxy wraps what its interface does not declare
    static Exception asItIs(@Nullable Object target, Throwable thrown) throws Exception {
        boolean proxied = target != null && Generated.is(target.getClass());
        throw Thrown.<Exception>sneaky(proxied ? unwrapped(thrown) : thrown);
    }

    private static Throwable unwrapped(Throwable thrown) {
        return switch (thrown) {
            case UndeclaredThrowableException wrapper when wrapper.getCause() != null -> unwrapped(wrapper.getCause());
            case InvocationTargetException wrapper when wrapper.getCause() != null -> unwrapped(wrapper.getCause());
            default -> thrown;
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
