package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void areMadeUpFromTheirBeginning() {
        assertThat(name("metadata: {generateName: worker-}")).matches("worker-[0-9a-f]{5}");
        assertThat(name("metadata: {generateName: worker-, name: mine}")).isEqualTo("mine");
    }

    @Test
    void putAnObjectIntoTheNamespaceOfItsPath() {
        var pods = Objects.requireNonNull(ResourcePath.parse("/api/v1/namespaces/shop/pods"));

        assertThat(Names.given(pods, Yaml.of("metadata: {name: p}"))
                        .at("/metadata/namespace")
                        .asText())
                .isEqualTo("shop");
    }

    private static String name(String object) {
        var nodes = Objects.requireNonNull(ResourcePath.parse("/api/v1/nodes"));
        return Names.given(nodes, Yaml.of(object)).at("/metadata/name").asText();
    }
}
