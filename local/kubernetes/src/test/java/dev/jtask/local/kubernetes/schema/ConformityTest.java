package dev.jtask.local.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class ConformityTest {

    private static final FieldType POD = ModelTypes.of("v1", "Pod").orElseThrow();

    @Test
    void hasNothingAgainstWhatIsAsTheSchemaSays() {
        var pod = Yaml.of("""
            apiVersion: v1
            kind: Pod
            metadata: {name: p, labels: {app: a}, managedFields: [{fieldsV1: {'f:spec': {}}}]}
            spec:
              containers:
                - {name: c, ports: [{containerPort: 80}], resources: {limits: {cpu: 1, memory: 1Gi}}}
            """);

        var conformity = Conformity.of(POD, pod);

        assertThat(conformity.unknown()).isEmpty();
        assertThat(conformity.mistyped()).isEmpty();
        assertThat(conformity.declared()).isEqualTo(pod);
    }

    @Test
    void findsFieldsThatTheSchemaDoesNotHaveAndLeavesThemOut() {
        var conformity = Conformity.of(POD, Yaml.of("""
            spec: {image: a, containers: [{name: c, colour: red}]}
            """));

        assertThat(conformity.unknown())
                .extracting(Departure::decoding)
                .containsExactly("unknown field \"spec.image\"", "unknown field \"spec.containers[0].colour\"");
        assertThat(conformity.declared()).isEqualTo(Yaml.of("spec: {containers: [{name: c}]}"));
    }

    @Test
    void findsValuesOfAnotherType() {
        var conformity = Conformity.of(POD, Yaml.of("""
            spec: {priority: high, containers: {name: c}, hostNetwork: 1}
            """));

        assertThat(conformity.mistyped())
                .extracting(wrong -> wrong.path().bare())
                .containsExactly("spec.priority", "spec.containers", "spec.hostNetwork");
    }

    @Test
    void takesNullForAbsentButNotInWhatHasNoSchema() {
        assertThat(Conformity.of(POD, Yaml.of("metadata: {creationTimestamp: null, name: p}"))
                        .declared())
                .isEqualTo(Yaml.of("metadata: {name: p}"));
        assertThat(Conformity.of(
                                FieldType.mapOf(new FieldType.Anything(), FieldType.Wholeness.GRANULAR),
                                Yaml.of("template: {env: null}"))
                        .declared())
                .isEqualTo(Yaml.of("template: {env: null}"));
    }
}
