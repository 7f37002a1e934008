package dev.jtask.client;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.jtask.protocol.json.TypedJson;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the method of a stub promises to answer. An interface may be generic, as long as the one that a stub is made of
/// says for what: of a type that stays open, results would be read as maps.
final class StubResult {

    private static final TypeFactory TYPES = TypedJson.mapper().getTypeFactory();

    private StubResult() {}

    /// What nobody has said.
    private interface Open {}

    /// @param declared in the method's own interface
    /// @throws IllegalArgumentException naming the method whose result's type is open
    static Type of(Class<?> stub, Method method, Type declared) {
        var bindings = whole(stub).findSuperType(method.getDeclaringClass()).getBindings();
        var open = variables(declared)
                .filter(variable -> variable.getGenericDeclaration() instanceof Method
                        || isOpen(bindings.findBoundType(variable.getName())))
                .findFirst();
        if (open.isPresent()) {
            throw new IllegalArgumentException(
                    "%s.%s returns %s, where %s may be anything; make the stub of an interface that says what it is"
                            .formatted(
                                    stub.getName(),
                                    method.getName(),
                                    method.getGenericReturnType().getTypeName(),
                                    open.get().getName()));
        }
        return TYPES.resolveMemberType(declared, bindings);
    }

    /// With its own type parameters, if it has any, standing for [Open].
    private static JavaType whole(Class<?> stub) {
        var parameters = new Class<?>[stub.getTypeParameters().length];
        Arrays.fill(parameters, Open.class);
        return parameters.length == 0 ? TYPES.constructType(stub) : TYPES.constructParametricType(stub, parameters);
    }

    private static boolean isOpen(@Nullable JavaType type) {
        return type == null
                || type.hasRawClass(Open.class)
                || (type.isArrayType() && isOpen(type.getContentType()))
                || IntStream.range(0, type.containedTypeCount()).anyMatch(i -> isOpen(type.containedType(i)));
    }

    private static Stream<TypeVariable<?>> variables(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return Stream.of(variable);
        }
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).flatMap(StubResult::variables);
        }
        if (type instanceof GenericArrayType array) {
            return variables(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return Arrays.stream(wildcard.getUpperBounds()).flatMap(StubResult::variables);
        }
        return Stream.empty();
    }
}
