package dev.jtask.worker.registry.classes;

import com.fasterxml.jackson.databind.JavaType;
import dev.jtask.protocol.json.TypedJson;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/// What makes two methods of one class hierarchy the same: the name and the parameters' classes, type variables filled
/// in, so that `handle(T)` of `Handler<Order>` and `handle(Order)` are one.
record Signature(String name, List<Class<?>> parameters) {

    /// @param type the class that both methods are seen from
    static Signature of(Class<?> type, Method method) {
        var types = TypedJson.mapper().getTypeFactory();
        var declaring = types.constructType(type).findSuperType(method.getDeclaringClass());
        return new Signature(
                method.getName(),
                Arrays.stream(method.getGenericParameterTypes())
                        .map(each -> types.resolveMemberType(each, declaring.getBindings()))
                        .<Class<?>>map(JavaType::getRawClass)
                        .toList());
    }
}
