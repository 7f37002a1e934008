package dev.jtask.worker.registry.types;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;

/// The classes that a class mentions. Of one that is missing Jackson says that another cannot be looked into, or
/// nothing before the first message; Java says which it is.
final class Mentioned {

    private Mentioned() {}

    /// @throws LinkageError naming the one that is missing, if that is what was wrong
    static void require(JavaType type, JsonMappingException wrong) {
        require(type.getRawClass());
        if (wrong instanceof InvalidDefinitionException definition && definition.getType() != null) {
            require(definition.getType().getRawClass());
        }
    }

    /// @throws LinkageError naming the one that is missing
    static void require(Class<?> type) {
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            var _ = each.getDeclaredFields();
            var _ = each.getDeclaredMethods();
            var _ = each.getDeclaredConstructors();
            var _ = each.getRecordComponents();
        }
    }
}
