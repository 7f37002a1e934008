package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.cfg.SerializerFactoryConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.StdDateFormat;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/// The one JSON mapper of jtask: kombu's JSON, which is JSON plus typed values, `NaN` and the infinities.
///
/// kombu writes a value that JSON lacks as an object of exactly `__type__` and `__value__`
/// (celery-protocol: serialization); such objects become their Java type where the target type asks for it or is open.
public final class TypedJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder(new ExactFloats(new JsonFactoryBuilder()
                    .streamReadConstraints(limits())
                    // the default keeps buffers by thread, and a worker's threads live as long as one task
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())))
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            // as Python does; half a character could be written in no other way
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            // of two values of one name one would be lost
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            // 1.0 is a float for Python, 1 is none
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // 29 February 2023 is not the first of March, for java.sql's types and keys of maps either
            .defaultDateFormat(new StdDateFormat().withLenient(false))
            .withCoercionConfigDefaults(TypedJson::strict)
            .withCoercionConfig(LogicalType.Textual, TypedJson::strict)
            .serializerFactory(new NamedTypes(new SerializerFactoryConfig()))
            .addModule(new Jdk8Module())
            .addModule(TypedValues.module())
            .build();

    private TypedJson() {}

    /// Shared and immutable by convention: copy it before configuring it.
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /// Nothing is silently turned into another thing: neither 1 into true nor "" into nothing.
    private static void strict(MutableCoercionConfig config) {
        for (var shape : CoercionInputShape.values()) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
        // an int where a double is wanted is exact, and so is an empty array where a list is
        config.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.TryConvert);
    }

    private static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(Limits.JSON_DEPTH)
                .maxTokenCount(Limits.JSON_TOKENS)
                .maxStringLength(Limits.STRING_LENGTH)
                .maxNumberLength(Limits.NUMBER_LENGTH)
                .maxNameLength(Limits.NAME_LENGTH)
                .build();
    }
}
