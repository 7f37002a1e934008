package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.Default;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What JSON cannot carry is said when the task is registered, not when its first message comes.
@SuppressWarnings({"EffectivelyPrivate", "ClassCanBeStatic", "unused"}) // of the methods only their types matter
class RegisteredTypesTest {

    public record Money(BigDecimal amount, @Nullable Money before) implements Worth {}

    public static final class NoCreator {
        private final String name;

        public NoCreator(String name, int size) {
            this.name = name + size;
        }

        public String name() {
            return name;
        }
    }

    public record Wrapped(String id, List<NoCreator> parts) {}

    public static class Bean {
        public @Nullable Callback hook;
    }

    public static class Careful {
        @JsonIgnore
        public @Nullable Callback hook;

        public @Nullable String name;
    }

    public interface Callback {
        void run();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    public interface Shape {}

    @JsonDeserialize(as = Money.class)
    public interface Worth {}

    public record Tag(@JsonValue String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Tag {}
    }

    public class Inner {}

    public record Node(String name, List<Node> children, Map<String, Node> byName) {}

    @Test
    void whatJacksonReadsAndWritesIsTaken() {
        assertThatCode(() -> TaskClasses.of(new Object() {
                    @Task("t.one")
                    public Object one(
                            Object any,
                            JsonNode node,
                            ObjectNode object,
                            Shape shape,
                            List<Shape> shapes,
                            Worth worth,
                            Tag tag,
                            Careful careful,
                            Node tree,
                            TaskContext context) {
                        return any;
                    }

                    @Task("t.two")
                    public void two(
                            Collection<? extends Number> numbers,
                            Map<UUID, Set<Instant>> times,
                            Optional<List<Money>> money,
                            @Nullable Integer count,
                            EnumMap<TimeUnit, LocalDate> days,
                            int[][] cells,
                            byte[] bytes,
                            URI uri,
                            Class<?> type,
                            OptionalInt size,
                            @Default("[1]") List<Integer> many,
                            Iterable<CharSequence> texts) {}

                    @Task("t.three")
                    public <T> T three(T value, List<? super T> values) {
                        return value;
                    }

                    @Task("t.four")
                    public CompletionStage<Map<String, Money>> four() {
                        return CompletableFuture.completedStage(Map.of());
                    }

                    @Task("t.five")
                    public Future<?> five() {
                        return CompletableFuture.completedFuture(null);
                    }

                    @Task("t.six")
                    public CompletableFuture<Void> six() {
                        return CompletableFuture.completedFuture(null);
                    }

                    @Task("t.seven")
                    public Node seven() {
                        return new Node("", List.of(), Map.of());
                    }

                    @Task("t.eight")
                    public Callback eight() {
                        return () -> {};
                    }
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void aTypeWithoutACreatorIsNamedWithTaskAndParameter() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(int count, NoCreator made) {}
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task 't.bad'")
                .hasMessageContaining("parameter 'made' of type RegisteredTypesTest.NoCreator")
                .hasMessageContaining("@JsonCreator");
    }

    @Test
    void whereInsideATypeItIsIsSaid() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(Map<String, List<Wrapped>> made) {}
                }))
                .hasMessageContaining("parameter 'made'")
                .hasMessageContaining("Wrapped.parts")
                .hasMessageContaining("NoCreator");
    }

    @Test
    void anAbstractTypeIsNamedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(Callback then) {}
                }))
                .hasMessageContaining("parameter 'then' of type RegisteredTypesTest.Callback")
                .hasMessageContaining("abstract")
                .hasMessageContaining("@JsonTypeInfo");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(Bean bean) {}
                }))
                .hasMessageContaining("Bean.hook")
                .hasMessageContaining("@JsonIgnore");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(InputStream file) {}
                }))
                .hasMessageContaining("InputStream");
    }

    @Test
    void anInnerClassIsNamedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(Inner inner) {}
                }))
                .hasMessageContaining("Inner")
                .hasMessageContaining("make it static");
    }

    @Test
    void aKeyThatIsNoTextIsNamed() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(Map<Money, String> byMoney) {}
                }))
                .hasMessageContaining("parameter 'byMoney'")
                .hasMessageContaining("Money")
                .hasMessageContaining("Key");
    }

    public static final class Empty {
        @Override
        public String toString() {
            return "nothing to write";
        }
    }

    public record Held(List<Empty> parts) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    public record NamedHeld(List<Empty> parts) {}

    @Test
    void aResultThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public Empty bad() {
                        return new Empty();
                    }
                }))
                .hasMessageContaining("task 't.bad'")
                .hasMessageContaining("its result of type RegisteredTypesTest.Empty cannot be written as JSON")
                .hasMessageContaining("no properties");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public CompletionStage<Held> bad() {
                        return CompletableFuture.completedStage(new Held(List.of()));
                    }
                }))
                .hasMessageContaining("Held.parts");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public NamedHeld bad() {
                        return new NamedHeld(List.of());
                    }
                }))
                .hasMessageContaining("NamedHeld.parts");
    }

    @Test
    void aResultThatNobodyWouldReadIsNamedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public Stream<String> bad() {
                        return Stream.of();
                    }
                }))
                .hasMessageContaining("Stream")
                .hasMessageContaining("toList()");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public Flow.Publisher<String> bad() {
                        return subscriber -> {};
                    }
                }))
                .hasMessageContaining("Publisher")
                .hasMessageContaining("CompletionStage");
    }

    @Test
    void aDefaultThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(@Default("ten") int x) {}
                }))
                .hasMessageContaining("task 't.bad'")
                .hasMessageContaining("@Default(\"ten\") of parameter 'x'");
        assertThatThrownBy(() -> TaskClasses.of(new Object() {
                    @Task("t.bad")
                    public void bad(@Default("\"ten\"") int x) {}
                }))
                .hasMessageContaining("task 't.bad'")
                .hasMessageContaining("@Default(\"\"ten\"\") of parameter 'x'");
    }

    @Test
    void parametersOfLambdasAreCheckedToo() {
        assertThatThrownBy(() -> Lambda.task("l.bad", NoCreator.class, x -> x))
                .hasMessageContaining("task 'l.bad'")
                .hasMessageContaining("NoCreator");
        assertThat(Lambda.task("l.good", Money.class, x -> x).name()).isEqualTo("l.good");
    }
}
