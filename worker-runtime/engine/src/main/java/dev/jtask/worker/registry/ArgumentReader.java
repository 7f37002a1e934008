package dev.jtask.worker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.ClassUtil;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of one argument as its parameter's type.
///
/// @param reader of the whole type
/// @param element of an array that is read element by element; null for anything else
record ArgumentReader(
        JavaType type, ObjectReader reader, @Nullable ArgumentReader element) {

    static ArgumentReader of(JavaType type) {
        return new ArgumentReader(type, reader(type), null);
    }

    /// Of the array that takes the rest of the arguments.
    static ArgumentReader ofRest(JavaType array) {
        return new ArgumentReader(array, reader(array), of(array.getContentType()));
    }

    /// @param parameter that the argument is for, which the message names
    /// @throws BadArgumentsException when the JSON is not of the type
    @Nullable
    Object read(JsonNode json, TaskParameter parameter) throws BadArgumentsException {
        if (json.isNull() && type.isPrimitive()) {
            throw isNo(
                    parameter,
                    "it is null; make the parameter an %s to take null"
                            .formatted(ClassUtil.wrapperType(type.getRawClass()).getSimpleName()));
        }
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw isNo(parameter, e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            // a type's own deserializer may throw anything
            throw isNo(parameter, e.toString());
        }
    }

    /// Of an array: one whose elements are these.
    Object array(List<JsonNode> elements, TaskParameter parameter) throws BadArgumentsException {
        var reader = Objects.requireNonNull(element, "no array that takes the rest");
        var array = Array.newInstance(reader.type.getRawClass(), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, reader.read(elements.get(i), parameter));
        }
        return array;
    }

    /// Whether one JSON array can only mean the whole Java array, not one element of it.
    boolean isMeantBy(JsonNode json) {
        var content = type.getContentType();
        return json.isArray()
                && !content.isContainerType()
                && !content.isJavaLangObject()
                && !JsonNode.class.isAssignableFrom(content.getRawClass());
    }

    private BadArgumentsException isNo(TaskParameter parameter, String reason) {
        return new BadArgumentsException("argument %s is no %s: %s"
                .formatted(parameter.label(), type.getRawClass().getSimpleName(), reason));
    }

    private static ObjectReader reader(JavaType type) {
        return TypedJson.mapper()
                .readerFor(type)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .with(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    }
}
