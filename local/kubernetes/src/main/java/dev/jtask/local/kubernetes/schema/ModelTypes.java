package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The types of the built-in kinds, read off fabric8's model classes.
public final class ModelTypes {

    private static final KubernetesSerialization MODELS = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<JavaType, Map<String, JavaType>> FIELDS = new ConcurrentHashMap<>();

    private static final Map<Class<?>, Primitive> PRIMITIVES = Map.of(
            String.class, Primitive.STRING,
            MicroTime.class, Primitive.STRING,
            ZonedDateTime.class, Primitive.STRING,
            Integer.class, Primitive.INTEGER,
            Long.class, Primitive.LONG,
            Double.class, Primitive.NUMBER,
            Boolean.class, Primitive.BOOLEAN,
            IntOrString.class, Primitive.NUMBER_OR_STRING,
            Quantity.class, Primitive.NUMBER_OR_STRING);

    private ModelTypes() {}

    /// The type of a kind's objects; empty when fabric8 has no class for them.
    public static Optional<FieldType> of(String apiVersion, String kind) {
        return Optional.ofNullable(MODELS.getRegisteredKubernetesResource(apiVersion, kind))
                .map(ModelTypes::of);
    }

    static FieldType of(Class<?> model) {
        return type(JSON.constructType(model), "");
    }

    private static FieldType type(JavaType type, String field) {
        var primitive = PRIMITIVES.get(type.getRawClass());
        if (primitive != null) {
            return new FieldType.Leaf(primitive);
        }
        if (type.isMapLikeType()) {
            return FieldType.mapOf(type(type.getContentType(), ""), Markers.wholeness(field));
        }
        if (type.isCollectionLikeType()) {
            return new FieldType.Sequence(type(type.getContentType(), ""), Markers.of(field));
        }
        var fields = FIELDS.computeIfAbsent(type, ModelTypes::fields);
        if (type.isAbstract() || fields.isEmpty() || isReadItsOwnWay(type)) {
            return new FieldType.Anything();
        }
        var name = type.getRawClass().getSimpleName();
        return new FieldType.Struct(
                name,
                wanted -> Optional.ofNullable(fields.get(wanted)).map(found -> type(found, name + "." + wanted)),
                new FieldType.Undeclared(),
                Markers.wholeness(name));
    }

    /// Whether it stands for JSON of several forms, as `JSONSchemaPropsOrArray` does.
    private static boolean isReadItsOwnWay(JavaType type) {
        var config = JSON.getDeserializationConfig();
        return config.getAnnotationIntrospector()
                        .findDeserializer(config.introspect(type).getClassInfo())
                != null;
    }

    private static Map<String, JavaType> fields(JavaType type) {
        return JSON.getSerializationConfig().introspect(type).findProperties().stream()
                .collect(Collectors.toMap(BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType));
    }
}
