package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CrdSchemasTest {

    private static final ResourcePath DEFINITIONS = path("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/c");
    private static final ResourcePath POOL = path("/apis/jtask.dev/v1/namespaces/default/pools/p");

    private final CrdSchemas schemas = new CrdSchemas();

    @Test
    void fillInDefaultsWhereverTheObjectGoes() {
        schemas.learn(DEFINITIONS, Yaml.of("""
            spec:
              group: jtask.dev
              names: {plural: pools}
              versions:
                - schema:
                    openAPIV3Schema:
                      properties:
                        spec:
                          properties:
                            size: {default: 3}
                            colour: {default: red}
                            queues: {items: {properties: {policy: {default: Retain}}}}
                            scaling: {default: {mode: Auto}}
            """));
        var pool = Yaml.of("spec: {colour: blue, queues: [{name: q}]}");

        schemas.fillDefaults(POOL, pool);

        assertThat(pool)
                .isEqualTo(Yaml.of(
                        "spec: {size: 3, colour: blue, queues: [{name: q, policy: Retain}], scaling: {mode: Auto}}"));
    }

    @Test
    void knowOnlyDefinitions() {
        schemas.learn(POOL, Yaml.of("spec: {group: jtask.dev, names: {plural: pools}}"));

        assertThat(schemas.find(POOL)).isNull();
        assertThat(schemas.all()).isEmpty();
    }

    private static ResourcePath path(String path) {
        return Objects.requireNonNull(ResourcePath.parse(path));
    }
}
