package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.Default;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Contexts;
import dev.jtask.worker.registry.classes.TaskMethod;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArgumentBinderTest {

    private static final TaskContext CONTEXT =
            Contexts.of(TaskMessage.builder("id", "t").build());

    record Point(int x, int y) {}

    @SuppressWarnings("unused") // called by name
    interface Tasks {
        void sum(int x, @Default("10") int y);

        void context(TaskContext context, String name);

        void optional(Optional<Integer> count, @Nullable String note);

        void generics(List<Map<String, Point>> points);

        void typed(Instant at, LocalDate day, BigDecimal price, UUID id, byte[] data);

        void numbers(double ratio, BigInteger big, long count);

        void open(Object anything);

        void rest(String first, String... more);

        void restOfAnything(Object... values);

        void restOfNumbers(TaskContext context, int... values);

        void restOfLists(int[]... values);

        void maybe(OptionalInt count, @Default("5") Optional<Integer> size, OptionalLong big, OptionalDouble ratio);

        void unit(TimeUnit unit);

        void texts(String required, Integer boxed);

        void draw(List<Shape> shapes, Map<String, Optional<Shape>> named);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Dot.class)})
    sealed interface Shape {}

    record Circle(int x) implements Shape {}

    record Dot() implements Shape {}

    @SuppressWarnings("unused") // an annotation to be borrowed
    interface Named {
        @Task("t")
        void call();
    }

    @Test
    void bindsByPositionByNameAndByDefault() throws BadArgumentsException {
        assertThat(bind("sum", "[4, 6]", "{}")).containsExactly(4, 6);
        assertThat(bind("sum", "[4]", "{}")).containsExactly(4, 10);
        assertThat(bind("sum", "[4]", "{'y': 1}")).containsExactly(4, 1);
        assertThat(bind("sum", "[]", "{'y': 1, 'x': 2}")).containsExactly(2, 1);
    }

    @Test
    void whatARequestHoldsIsWhatTheTaskGets() throws BadArgumentsException {
        var shapes = List.of(new Circle(1), new Dot());
        var named = Map.of("a", Optional.of(new Circle(2)));
        var sent = TaskRequest.of("draw", shapes, named).message("id").build();

        assertThat(bind("draw", sent.args().toString().replace('"', '\''), "{}"))
                .containsExactly(shapes, named);
    }

    @Test
    void theContextIsNoArgument() throws BadArgumentsException {
        assertThat(bind("context", "['a']", "{}")).containsExactly(CONTEXT, "a");
    }

    @Test
    void absentOptionalAndNullableArgumentsAreEmpty() throws BadArgumentsException {
        assertThat(bind("optional", "[]", "{}")).containsExactly(Optional.empty(), null);
        assertThat(bind("optional", "[3, 'n']", "{}")).containsExactly(Optional.of(3), "n");
        assertThat(bind("optional", "[null, null]", "{}")).containsExactly(Optional.empty(), null);
    }

    @Test
    void convertsToGenericTypes() throws BadArgumentsException {
        assertThat(bind("generics", "[[{'a': {'x': 1, 'y': 2}}]]", "{}"))
                .containsExactly(List.of(Map.of("a", new Point(1, 2))));
    }

    @Test
    void readsKombusTypedValues() throws BadArgumentsException {
        var values = bind("typed", """
                [{'__type__': 'datetime', '__value__': '2026-01-31T10:00:00.5+01:00'},
                 {'__type__': 'date', '__value__': '2026-01-31'},
                 {'__type__': 'decimal', '__value__': '1.10'},
                 {'__type__': 'uuid', '__value__': {'hex': '12345678123456781234567812345678'}},
                 {'__type__': 'base64', '__value__': 'AQI='}]""", "{}");
        assertThat(values)
                .containsExactly(
                        Instant.parse("2026-01-31T09:00:00.500Z"),
                        LocalDate.of(2026, 1, 31),
                        new BigDecimal("1.10"),
                        UUID.fromString("12345678-1234-5678-1234-567812345678"),
                        new byte[] {1, 2});
    }

    @Test
    void keepsNumbersExact() throws BadArgumentsException {
        assertThat(bind("numbers", "[NaN, 123456789012345678901234567890, 9007199254740993]", "{}"))
                .containsExactly(Double.NaN, new BigInteger("123456789012345678901234567890"), 9007199254740993L);
        assertThat(bind("numbers", "[-Infinity, 1, 2]", "{}")).startsWith(Double.NEGATIVE_INFINITY);
        assertThat(bind("open", "[12345678901234567890]", "{}"))
                .containsExactly(new BigInteger("12345678901234567890"));
    }

    @Test
    void theLastParameterTakesWhatIsLeft() throws BadArgumentsException {
        assertThat(bind("rest", "['a', 'b', 'c']", "{}")).containsExactly("a", new String[] {"b", "c"});
        assertThat(bind("rest", "['a']", "{}")).containsExactly("a", new String[0]);
        assertThat(bind("rest", "['a', null]", "{}")).containsExactly("a", new String[] {null});
        assertThat(bind("restOfNumbers", "[1, 2, 3]", "{}")).containsExactly(CONTEXT, new int[] {1, 2, 3});
        assertThat(bind("restOfAnything", "[1, 'b', [2]]", "{}"))
                .containsExactly((Object) new Object[] {1, "b", List.of(2)});
        assertThat(bind("restOfAnything", "[[1, 2]]", "{}")).containsExactly((Object) new Object[] {List.of(1, 2)});
        assertThat(bind("restOfLists", "[[1, 2], [3]]", "{}")).containsExactly((Object) new int[][] {{1, 2}, {3}});
    }

    @Test
    void theLastParameterTakesOneListAsWell() throws BadArgumentsException {
        assertThat(bind("rest", "['a']", "{'more': ['b', 'c']}")).containsExactly("a", new String[] {"b", "c"});
        assertThat(bind("rest", "[]", "{'first': 'a', 'more': []}")).containsExactly("a", new String[0]);
        assertThat(bind("rest", "['a', ['b', 'c']]", "{}"))
                .as("as a stub sends a call")
                .containsExactly("a", new String[] {"b", "c"});
        assertThatThrownBy(() -> bind("rest", "['a', 'b']", "{'more': ['c']}"))
                .hasMessage("got multiple values for argument 'more'");
        assertThatThrownBy(() -> bind("rest", "['a']", "{'more': 'b'}"))
                .hasMessageStartingWith("argument 'more' is no String[]");
        assertThatThrownBy(() -> bind("restOfNumbers", "[1, 'two']", "{}"))
                .hasMessageStartingWith("argument 'values' is no int");
        assertThatThrownBy(() -> bind("restOfNumbers", "[1, null]", "{}"))
                .hasMessageStartingWith("argument 'values' is no int");
    }

    @Test
    void everyOptionalMayBeAbsent() throws BadArgumentsException {
        assertThat(bind("maybe", "[]", "{}"))
                .containsExactly(OptionalInt.empty(), Optional.of(5), OptionalLong.empty(), OptionalDouble.empty());
        assertThat(bind("maybe", "[1, null, 3, 4.5]", "{}"))
                .containsExactly(OptionalInt.of(1), Optional.empty(), OptionalLong.of(3), OptionalDouble.of(4.5));
        assertThatThrownBy(() -> bind("maybe", "[1.5]", "{}")).hasMessageStartingWith("argument 'count' is no Integer");
    }

    @Test
    void nullIsNoPrimitive() throws BadArgumentsException {
        assertThat(bind("texts", "[null, null]", "{}")).containsExactly(null, null);
        assertThatThrownBy(() -> bind("sum", "[null, 1]", "{}"))
                .hasMessageStartingWith("argument 'x' is no int: it is null")
                .hasMessageContaining("Integer");
        assertThatThrownBy(() -> bind("sum", "[1]", "{'y': null}")).hasMessageStartingWith("argument 'y' is no int");
    }

    @Test
    void anEnumIsTakenByNameOnly() throws BadArgumentsException {
        assertThat(bind("unit", "['DAYS']", "{}")).containsExactly(TimeUnit.DAYS);
        assertThatThrownBy(() -> bind("unit", "[0]", "{}")).hasMessageStartingWith("argument 'unit' is no TimeUnit");
    }

    @Test
    void aReasonIsNeverLongerThanAPage() {
        assertThatThrownBy(() -> bind("sum", "['" + "x".repeat(200_000) + "']", "{}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1100));
        assertThatThrownBy(() -> bind("sum", "[1]", "{'" + "x".repeat(200_000) + "': 1}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1100));
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> bind("sum", "[]", "{}")).hasMessage("missing argument 'x'");
        assertThatThrownBy(() -> bind("sum", "[1, 2, 3]", "{}"))
                .hasMessage("takes 2 positional arguments, 3 were given");
        assertThatThrownBy(() -> bind("sum", "[1]", "{'x': 1}")).hasMessage("got multiple values for argument 'x'");
        assertThatThrownBy(() -> bind("sum", "[1]", "{'z': 1}")).hasMessage("got unexpected keyword arguments [z]");
        assertThatThrownBy(() -> bind("sum", "['four']", "{}")).hasMessageStartingWith("argument 'x' is no int");
        assertThatThrownBy(() -> bind("sum", "[null]", "{}")).hasMessageStartingWith("argument 'x' is no int");
        assertThatThrownBy(() -> bind("sum", "[1.5]", "{}")).hasMessageStartingWith("argument 'x' is no int");
        assertThatThrownBy(() -> bind("generics", "[[{'a': {'x': []}}]]", "{}"))
                .hasMessageStartingWith("argument 'points' is no List");
    }

    private static @Nullable Object[] bind(String method, String args, String kwargs) throws BadArgumentsException {
        Method found = Arrays.stream(Tasks.class.getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        var task = new TaskMethod(Tasks.class, found, Named.class.getMethods()[0].getAnnotation(Task.class));
        var parameters = Parameters.of(task);
        try {
            return new ArgumentBinder(
                            parameters, (ArrayNode) TypedJson.mapper().readTree(args.replace('\'', '"')), (ObjectNode)
                                    TypedJson.mapper().readTree(kwargs.replace('\'', '"')))
                    .bind(CONTEXT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
