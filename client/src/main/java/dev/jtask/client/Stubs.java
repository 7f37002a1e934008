package dev.jtask.client;

import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes objects whose methods send tasks. All that can be wrong with an interface is said when the stub is made.
final class Stubs {

    private final TaskClient client;

    Stubs(TaskClient client) {
        this.client = client;
    }

    <S> S of(Class<S> type, UnaryOperator<TaskRequest<?>> options) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("%s is no interface; a stub needs one".formatted(type.getName()));
        }
        var calls = new HashMap<Method, Call>();
        var bodies = new HashMap<Method, MethodHandle>();
        for (var method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                calls.put(method, call(type, method));
            } else if (method.isDefault() && !isOpen(method.getDeclaringClass())) {
                bodies.put(method, body(method));
            }
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> invoke(type, calls, bodies, options, proxy, method, args)));
    }

    private static Call call(Class<?> type, Method method) {
        if (method.getReturnType() == void.class) {
            return new Call(name(type, method), Void.class, Answer.IGNORED);
        }
        if (method.getReturnType() == TaskHandle.class
                && method.getGenericReturnType() instanceof ParameterizedType handle) {
            var result = StubResult.of(type, method, handle.getActualTypeArguments()[0]);
            return new Call(name(type, method), result, Answer.WANTED);
        }
        throw new IllegalArgumentException(
                "%s.%s must return TaskHandle<R>, or void when nobody asks for the result; it returns %s"
                        .formatted(
                                type.getName(),
                                method.getName(),
                                method.getGenericReturnType().getTypeName()));
    }

    /// Whether everybody may call what is in it.
    private static boolean isOpen(Class<?> declaring) {
        return Modifier.isPublic(declaring.getModifiers())
                && declaring.getModule().isExported(declaring.getPackageName(), Stubs.class.getModule());
    }

    /// What a default method does; most interfaces are seen by their own package alone.
    private static MethodHandle body(Method method) {
        var declaring = method.getDeclaringClass();
        try {
            return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                    .unreflectSpecial(method, declaring)
                    .asFixedArity();
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "%s.%s cannot be called from here; make the interface public, or let its module open the package %s"
                            .formatted(declaring.getName(), method.getName(), declaring.getPackageName()),
                    e);
        }
    }

    private static String name(Class<?> type, Method method) {
        var whole = method.getAnnotation(TaskName.class);
        if (whole != null) {
            return whole.value();
        }
        var prefix = type.getAnnotation(TaskName.class);
        if (prefix == null) {
            throw new IllegalArgumentException("%s.%s names no task; add @TaskName(\"…\") to it, or to %s for all"
                    .formatted(type.getName(), method.getName(), type.getSimpleName()));
        }
        return prefix.value() + "." + method.getName();
    }

    @SuppressWarnings("ReferenceEquality") // a stub equals only itself
    private @Nullable Object invoke(
            Class<?> type,
            Map<Method, Call> calls,
            Map<Method, MethodHandle> bodies,
            UnaryOperator<TaskRequest<?>> options,
            Object proxy,
            Method method,
            @Nullable Object @Nullable [] args)
            throws Throwable {
        var call = calls.get(method);
        if (call != null) {
            return call.send(client, options, args == null ? new Object[0] : args);
        }
        var body = bodies.get(method);
        if (body != null) {
            return body.bindTo(proxy).invokeWithArguments(args == null ? new Object[0] : args);
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        return switch (method.getName()) {
            case "equals" -> args != null && proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stub of " + type.getName();
        };
    }

    private enum Answer {
        WANTED,
        IGNORED
    }

    private record Call(String task, Type result, Answer answer) {

        @Nullable
        Object send(TaskClient client, UnaryOperator<TaskRequest<?>> options, @Nullable Object[] args) {
            var request = options.apply(TaskRequest.of(task, args).returning(result));
            return switch (answer) {
                case WANTED -> client.send(request);
                case IGNORED -> {
                    client.sendAll(List.of(request.ignoringResult()));
                    yield null;
                }
            };
        }
    }
}
