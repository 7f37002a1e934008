package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// The one JSON mapper of jtask: kombu's JSON, which is JSON plus typed values, `NaN` and the infinities.
///
/// kombu writes a value that JSON lacks as an object of exactly `__type__` and `__value__`
/// (celery-protocol: serialization); such objects become their Java type where the target type asks for it or is open.
public final class TypedJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(limits()).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(TypedValues.module())
            .build();

    private TypedJson() {}

    /// Shared and immutable by convention: copy it before configuring it.
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    private static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(Limits.JSON_DEPTH)
                .maxTokenCount(Limits.JSON_TOKENS)
                .maxStringLength(Limits.STRING_LENGTH)
                .maxNumberLength(Limits.NUMBER_LENGTH)
                .build();
    }
}
