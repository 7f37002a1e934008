package dev.jtask.worker.registry.types;

import com.fasterxml.jackson.databind.JavaType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Types as people write them, without packages: `List<Shop.Order>`.
public final class TypeNames {

    private TypeNames() {}

    public static String of(JavaType type) {
        if (type.isArrayType()) {
            return of(type.getContentType()) + "[]";
        }
        var name = of(type.getRawClass());
        return type.containedTypeCount() == 0
                ? name
                : IntStream.range(0, type.containedTypeCount())
                        .mapToObj(i -> of(type.containedTypeOrUnknown(i)))
                        .collect(Collectors.joining(", ", name + "<", ">"));
    }

    static String of(Class<?> type) {
        var name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
