package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A value that Java knows by one of its interfaces is read as what it was, wherever it is within another.
class NamedTypesTest {

    private static final ObjectMapper JSON = TypedJson.mapper();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(Circle.class),
        @JsonSubTypes.Type(Label.class),
        @JsonSubTypes.Type(Nothing.class),
        @JsonSubTypes.Type(Unit.class),
        @JsonSubTypes.Type(Both.class),
        @JsonSubTypes.Type(Own.class),
        @JsonSubTypes.Type(Shapes.class)
    })
    sealed interface Shape {}

    record Circle(int x) implements Shape {}

    record Label(@Nullable String text, BigDecimal size) implements Shape {}

    record Nothing() implements Shape {}

    enum Unit implements Shape {
        DOT
    }

    record Both(Shape left, List<Shape> right) implements Shape {}

    @JsonSerialize(using = OwnWriter.class)
    record Own(int x) implements Shape {}

    static final class OwnWriter extends JsonSerializer<Own> {

        @Override
        public void serialize(Own own, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeNumberField("x", own.x());
            out.writeEndObject();
        }

        @Override
        public void serializeWithType(Own own, JsonGenerator out, SerializerProvider provider, TypeSerializer name)
                throws IOException {
            var written = name.writeTypePrefix(out, name.typeId(own, JsonToken.START_OBJECT));
            out.writeNumberField("x", own.x());
            name.writeTypeSuffix(out, written);
        }
    }

    static final class Shapes extends ArrayList<Shape> implements Shape {

        private static final long serialVersionUID = 1;

        Shapes() {}

        Shapes(Shape one) {
            super(List.of(one));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSerialize(using = NamelessWriter.class)
    record Nameless(int x) {}

    static final class NamelessWriter extends JsonSerializer<Nameless> {

        @Override
        public void serialize(Nameless value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(value.x());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes(@JsonSubTypes.Type(Cat.class))
    sealed interface Pet {}

    record Cat(String name) implements Pet {}

    record Page<T>(List<T> items, @Nullable T first) {}

    static Stream<Arguments> values() {
        var circle = new Circle(1);
        var label = new Label(null, new BigDecimal("1.50"));
        return Stream.of(
                arguments(circle, new TypeReference<Shape>() {}),
                arguments(List.of(circle, label, new Nothing(), Unit.DOT), new TypeReference<List<Shape>>() {}),
                arguments(Arrays.asList(circle, null), new TypeReference<List<Shape>>() {}),
                arguments(List.of(new Own(1)), new TypeReference<List<Shape>>() {}),
                arguments(List.of(new Shapes(circle)), new TypeReference<List<Shape>>() {}),
                arguments(Map.of("k", new Shapes(new Own(1))), new TypeReference<Map<String, Shapes>>() {}),
                arguments(new ArrayList<>(List.of(circle)), new TypeReference<List<Circle>>() {}),
                arguments(Set.of(circle), new TypeReference<Set<Shape>>() {}),
                arguments(Map.of("k", circle), new TypeReference<Map<String, Shape>>() {}),
                arguments(Optional.of(circle), new TypeReference<Optional<Shape>>() {}),
                arguments(List.of(List.of(label)), new TypeReference<List<List<Shape>>>() {}),
                arguments(
                        Map.of("k", Optional.of(List.of(circle))),
                        new TypeReference<Map<String, Optional<List<Shape>>>>() {}),
                arguments(new Page<Shape>(List.of(circle), label), new TypeReference<Page<Shape>>() {}),
                arguments(
                        List.of(new Both(circle, List.of(label, new Both(circle, List.of())))),
                        new TypeReference<List<Shape>>() {}),
                arguments(List.of(new Cat("Tom")), new TypeReference<List<Pet>>() {}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isReadAsItWas(Object value, TypeReference<?> type) throws JsonProcessingException {
        Object ofTree = JSON.treeToValue(JSON.valueToTree(value), JSON.constructType(type));
        Object ofText = JSON.readValue(JSON.writeValueAsString(value), JSON.constructType(type));

        assertThat(ofTree).isEqualTo(value);
        assertThat(ofText).isEqualTo(value);
    }

    @Test
    void isNamedOnceAndWhatHasNoSuchInterfaceNever() throws JsonProcessingException {
        var circle = new Circle(1);
        var written = "{\"@type\":\"NamedTypesTest$Circle\",\"x\":1}";

        assertThat(JSON.writeValueAsString(circle)).isEqualTo(written);
        assertThat(JSON.writeValueAsString(new Object[] {circle})).isEqualTo("[" + written + "]");
        assertThat(JSON.writeValueAsString(new Shape[] {circle})).isEqualTo("[" + written + "]");
        assertThat(JSON.writeValueAsString(new ArrayDeque<>(List.of(circle)))).isEqualTo("[" + written + "]");
        assertThat(JSON.writeValueAsString(new AtomicReference<>(circle))).isEqualTo(written);
        assertThat(JSON.writeValueAsString(List.of(new Both(circle, List.of()))))
                .isEqualTo("[{\"@type\":\"NamedTypesTest$Both\",\"left\":" + written + ",\"right\":[]}]");
        assertThat(JSON.writeValueAsString(new Page<>(List.of(1, "a"), null)))
                .isEqualTo("{\"items\":[1,\"a\"],\"first\":null}");
    }

    @Test
    void whatCannotBeNamedIsRefusedWhereverItIs() {
        for (var value : List.of(new Nameless(1), List.of(new Nameless(1)))) {
            assertThatThrownBy(() -> JSON.valueToTree(value))
                    .as("or nobody could read it")
                    .hasMessageContaining("Type id handling not implemented")
                    .hasMessageContaining("NamelessWriter");
        }
    }

    @Test
    void aPartThatIsAbsentIsWrittenAsBefore() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(List.of(new Label(null, BigDecimal.ONE))))
                .contains("\"text\":null");
    }
}
