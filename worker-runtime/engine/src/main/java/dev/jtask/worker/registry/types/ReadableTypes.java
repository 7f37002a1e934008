package dev.jtask.worker.registry.types;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.impl.ErrorThrowingDeserializer;
import com.fasterxml.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import dev.jtask.protocol.json.TypedJson;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of a type whether the mapper can make one from JSON. Jackson itself finds deserializers for types that it can
/// never read, so what it found is looked into, as deep as the type goes.
public final class ReadableTypes {

    private static final String IGNORE = "; if it never comes, annotate it with @JsonIgnore";

    private final DeserializationContext context;
    private final Set<JsonDeserializer<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ReadableTypes() {
        var mapper = TypedJson.mapper();
        var blueprint = (DefaultDeserializationContext) mapper.getDeserializationContext();
        this.context = blueprint.createDummyInstance(mapper.getDeserializationConfig());
    }

    /// Why values of the type cannot come from JSON, and the fix; empty when they can.
    public static Optional<String> fault(JavaType type) {
        return Optional.ofNullable(new ReadableTypes().type(type, ""));
    }

    /// @param path where inside the parameter's type this one is, such as `Order.parts is `
    private @Nullable String type(JavaType type, String path) {
        try {
            return isPolymorphic(type) ? null : value(type, context.findRootValueDeserializer(type), path);
        } catch (JsonMappingException e) {
            Mentioned.require(type, e);
            return path + e.getOriginalMessage();
        }
    }

    private @Nullable String value(JavaType type, JsonDeserializer<?> found, String path) throws JsonMappingException {
        if (!seen.add(found)) {
            return null;
        }
        return switch (found) {
            case UnsupportedTypeDeserializer _ ->
                path
                        + "%s is not among the types that jtask reads"
                                .formatted(type.getRawClass().getName());
            case ErrorThrowingDeserializer _ -> path + isBroken(type.getRawClass());
            case AbstractDeserializer _ -> path + isAbstract(type);
            case BeanDeserializerBase bean -> bean(type, bean, path);
            case ContainerDeserializerBase<?> container -> content(type, container, path);
            default -> held(held(type), path);
        };
    }

    private @Nullable String held(@Nullable JavaType type, String path) {
        return type == null ? null : type(type, path);
    }

    /// What an `AtomicReference` or `Optional` holds.
    private static @Nullable JavaType held(JavaType type) {
        return type.hasRawClass(Optional.class) ? type.containedType(0) : type.getReferencedType();
    }

    private @Nullable String bean(JavaType type, BeanDeserializerBase bean, String path) throws JsonMappingException {
        if (!bean.getValueInstantiator().canInstantiate()) {
            return path + hasNoCreator(type.getRawClass());
        }
        for (var properties = bean.properties(); properties.hasNext(); ) {
            var fault = property(type, properties.next());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String property(JavaType owner, SettableBeanProperty property) throws JsonMappingException {
        if (property.getValueTypeDeserializer() != null || !property.hasValueDeserializer()) {
            return null;
        }
        var fault = value(
                property.getType(),
                property.getValueDeserializer(),
                "%s.%s: ".formatted(TypeNames.of(owner.getRawClass()), property.getName()));
        // what a creator takes cannot be ignored
        return fault == null || property instanceof CreatorProperty || fault.contains(IGNORE) ? fault : fault + IGNORE;
    }

    private @Nullable String content(JavaType type, ContainerDeserializerBase<?> container, String path)
            throws JsonMappingException {
        var content = container.getContentDeserializer();
        var contentType = type.getContentType();
        return content == null || contentType == null || isPolymorphic(contentType)
                ? null
                : value(contentType, content, path);
    }

    private boolean isPolymorphic(JavaType type) throws JsonMappingException {
        return context.getConfig().findTypeDeserializer(type) != null;
    }

    private static String isBroken(Class<?> type) {
        Mentioned.require(type);
        return "%s cannot be looked into".formatted(type.getName());
    }

    private static String isAbstract(JavaType type) {
        return "%s is abstract; take a class or record, or name its subtypes with @JsonTypeInfo and @JsonSubTypes"
                .formatted(type.getRawClass().getName());
    }

    private static String hasNoCreator(Class<?> type) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return inner
                ? "%s is an inner class; make it static".formatted(type.getName())
                : "%s has no constructor for JSON; make it a record, give it one without parameters, or annotate one with @JsonCreator"
                        .formatted(type.getName());
    }
}
