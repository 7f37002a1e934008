package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementException.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnyManagementApiTest {

    private final List<String> asked = new ArrayList<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();
    private final AnyManagementApi api =
            new AnyManagementApi(List.of(new Server("m1"), new Server("m2"), new Server("m3")));

    @Test
    void theOneThatAnsweredLastIsAskedFirst() {
        down("m1");
        down("m3");
        api.read(Set.of("q"));
        asked.clear();

        api.deleteIfUnused("q");
        api.read(Set.of("q"));

        assertThat(asked).containsExactly("m2", "m2");
    }

    @Test
    void aServerThatIsNotTheManagementApiIsPassedOver() {
        failures.put("m1", new IllegalStateException("{\"foo\":1}"));
        failures.put("m2", new IllegalStateException("{\"foo\":1}"));

        assertThat(api.read(Set.of("q"))).isEmpty();
        assertThat(asked).endsWith("m3");
    }

    @Test
    void whenAllFailEachIsNamedAndTheOneThatWasReachedSaysWhy() {
        down("m1");
        failures.put("m2", new ManagementException(Fault.CREDENTIALS, "m2 rejected user app"));
        down("m3");

        assertThatThrownBy(() -> api.read(Set.of("q")))
                .isInstanceOfSatisfying(
                        ManagementException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CREDENTIALS))
                .hasMessageContaining("m1 does not answer")
                .hasMessageContaining("m2 rejected user app")
                .hasMessageContaining("m3 does not answer");
        assertThat(asked).containsExactlyInAnyOrder("m1", "m2", "m3");
    }

    @Test
    void aRefusalIsTheBrokersAnswer() {
        for (var server : List.of("m1", "m2", "m3")) {
            failures.put(server, new ManagementException(Fault.REFUSED, "it has other arguments"));
        }

        assertThatThrownBy(() -> api.deleteIfUnused("q")).hasMessage("it has other arguments");
        assertThat(asked).hasSize(1);
    }

    private void down(String server) {
        failures.put(server, new ManagementException(Fault.UNREACHABLE, server + " does not answer"));
    }

    private final class Server implements ManagementApi {

        private final String name;

        Server(String name) {
            this.name = name;
        }

        @Override
        public Map<String, QueueSample> read(Set<String> names) {
            ask();
            return Map.of();
        }

        @Override
        public void declare(QueueDeclaration declaration) {
            ask();
        }

        @Override
        public void bind(String queue) {
            ask();
        }

        @Override
        public QueueDeletion deleteIfUnused(String queue) {
            ask();
            return QueueDeletion.DONE;
        }

        private void ask() {
            asked.add(name);
            var failure = failures.get(name);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
