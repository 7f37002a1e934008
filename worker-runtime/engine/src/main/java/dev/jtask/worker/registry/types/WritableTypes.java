package dev.jtask.worker.registry.types;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.ContainerSerializer;
import com.fasterxml.jackson.databind.ser.impl.UnsupportedTypeSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import dev.jtask.protocol.json.TypedJson;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/// Says of a type whether the mapper can write its values as JSON. Where a subclass may come, which may be written,
/// the answer is yes.
public final class WritableTypes {

    private static final Set<String> REACTIVE = Set.of(
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "io.smallrye.mutiny.Uni",
            "io.smallrye.mutiny.Multi",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "kotlinx.coroutines.flow.Flow");

    private final SerializerProvider provider = TypedJson.mapper().getSerializerProviderInstance();
    private final Set<JavaType> seen = new HashSet<>();
    private final Set<JsonSerializer<?>> beans = Collections.newSetFromMap(new IdentityHashMap<>());

    private WritableTypes() {}

    /// Why values of the type cannot be written as JSON, and the fix; empty when they can.
    public static Optional<String> fault(JavaType type) {
        return Optional.ofNullable(new WritableTypes().type(type, ""));
    }

    private @Nullable String type(JavaType type, String path) {
        if (type.isJavaLangObject() || !seen.add(type)) {
            return null;
        }
        if (BaseStream.class.isAssignableFrom(type.getRawClass())) {
            return path + "a stream has no values of its own; return its toList()";
        }
        if (isReactive(type.getRawClass())) {
            return path
                    + "nobody waits for a %s; return the value, or a CompletionStage of it"
                            .formatted(type.getRawClass().getSimpleName());
        }
        try {
            return value(type, provider.findValueSerializer(type), path);
        } catch (JsonMappingException e) {
            Mentioned.require(type, e);
            return path + e.getOriginalMessage();
        }
    }

    /// @param outer one that does more than another writes
    private @Nullable String value(JavaType type, JsonSerializer<?> outer, String path) {
        var found = outer.getDelegatee() instanceof BeanSerializerBase inner ? inner : outer;
        if (found instanceof UnsupportedTypeSerializer) {
            return path
                    + "%s is not among the types that jtask writes"
                            .formatted(type.getRawClass().getName());
        }
        if (provider.isUnknownTypeSerializer(found)) {
            return type.isConcrete() && provider.isEnabled(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    ? path
                            + "%s has no properties; make it a record, or give it getters or public fields"
                                    .formatted(type.getRawClass().getName())
                    : null;
        }
        if (found instanceof BeanSerializerBase bean) {
            return bean(type, bean);
        }
        if (found instanceof ContainerSerializer<?> container) {
            var content = container.getContentSerializer();
            return content == null ? held(type.getContentType(), path) : value(type.getContentType(), content, path);
        }
        return held(type.hasRawClass(Optional.class) ? type.containedType(0) : type.getReferencedType(), path);
    }

    private @Nullable String held(@Nullable JavaType type, String path) {
        return type == null ? null : type(type, path);
    }

    private @Nullable String bean(JavaType owner, BeanSerializerBase bean) {
        if (!beans.add(bean)) {
            return null;
        }
        for (var properties = bean.properties(); properties.hasNext(); ) {
            if (properties.next() instanceof BeanPropertyWriter property) {
                var path = "%s.%s: ".formatted(TypeNames.of(owner.getRawClass()), property.getName());
                var serializer = property.getSerializer();
                var fault = serializer == null
                        ? type(property.getType(), path)
                        : value(property.getType(), serializer, path);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static boolean isReactive(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return false;
        }
        if (REACTIVE.contains(type.getName()) || isReactive(type.getSuperclass())) {
            return true;
        }
        for (var each : type.getInterfaces()) {
            if (isReactive(each)) {
                return true;
            }
        }
        return false;
    }
}
