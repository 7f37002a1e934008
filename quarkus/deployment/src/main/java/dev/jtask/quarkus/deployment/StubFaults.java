package dev.jtask.quarkus.deployment;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type.Kind;

/// What is wrong with an interface whose methods should send tasks; the client says the same when it makes the stub.
final class StubFaults {

    private StubFaults() {}

    static List<String> of(ClassInfo type) {
        if (!type.isInterface()) {
            return List.of("@TaskStub %s is no interface; a stub needs one".formatted(type.name()));
        }
        return type.methods().stream()
                .filter(method -> Modifier.isAbstract(method.flags()))
                .flatMap(method -> faults(type, method))
                .toList();
    }

    private static Stream<String> faults(ClassInfo type, MethodInfo method) {
        var returned = method.returnType();
        boolean sends = returned.kind() == Kind.VOID
                || (returned.kind() == Kind.PARAMETERIZED_TYPE
                        && returned.name().equals(Names.HANDLE));
        boolean named = method.hasAnnotation(Names.NAME) || type.hasDeclaredAnnotation(Names.NAME);
        return Stream.of(
                        sends
                                ? ""
                                : "%s must return TaskHandle<R>, or void when nobody asks for the result; it returns %s"
                                        .formatted(TaskIndex.written(method), returned),
                        named
                                ? ""
                                : "%s names no task; add @TaskName(\"…\") to it, or to %s for all"
                                        .formatted(TaskIndex.written(method), type.simpleName()))
                .filter(fault -> !fault.isEmpty());
    }
}
