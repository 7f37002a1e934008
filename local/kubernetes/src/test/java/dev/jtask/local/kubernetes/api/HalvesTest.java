package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.Yaml;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HalvesTest {

    private static final ObjectNode LIVE = Yaml.of("{metadata: {name: p}, spec: {a: 1}, status: {b: 1}}");
    private static final ObjectNode SENT =
            Yaml.of("{kind: K, metadata: {name: p, labels: {l: x}}, spec: {a: 2}, status: {b: 2}}");

    @Test
    void aWriteOfTheObjectLeavesTheStatus() {
        assertThat(Halves.after(path("p"), LIVE, SENT))
                .isEqualTo(Yaml.of("{kind: K, metadata: {name: p, labels: {l: x}}, spec: {a: 2}, status: {b: 1}}"));
    }

    @Test
    void aWriteOfTheStatusLeavesTheRest() {
        assertThat(Halves.after(path("p/status"), LIVE, SENT))
                .isEqualTo(Yaml.of("{metadata: {name: p}, spec: {a: 1}, status: {b: 2}}"));
    }

    @Test
    void anApplyCountsForItsHalfOnly() {
        assertThat(Halves.applied(path("p"), SENT))
                .isEqualTo(Yaml.of("{kind: K, metadata: {name: p, labels: {l: x}}, spec: {a: 2}}"));
        assertThat(Halves.applied(path("p/status"), SENT))
                .isEqualTo(Yaml.of("{kind: K, metadata: {name: p}, status: {b: 2}}"));
    }

    private static ResourcePath path(String of) {
        return Objects.requireNonNull(ResourcePath.parse("/api/v1/namespaces/default/pods/" + of));
    }
}
