package dev.jtask.local.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words are the API server's: those of its JSON decoder, of server-side apply and of CRD validation.
class DepartureTest {

    private static final FieldType POD = ModelTypes.of("v1", "Pod").orElseThrow();

    @Test
    void namesAnUnknownField() {
        var unknown = Conformity.of(POD, Yaml.of("spec: {containers: [{name: c, colour: red}]}"))
                .unknown()
                .getFirst();

        assertThat(unknown.decoding()).isEqualTo("unknown field \"spec.containers[0].colour\"");
        assertThat(unknown.applying()).isEqualTo(".spec.containers[name=\"c\"].colour: field not declared in schema");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spec: {priority: high}                                    | string into Go struct field PodSpec.spec.priority of type int32
        spec: {hostNetwork: 'yes'}                                | string into Go struct field PodSpec.spec.hostNetwork of type bool
        spec: {containers: [{name: c, env: [{name: A, value: 1}]}]} | number into Go struct field EnvVar.spec.containers.env.value of type string
        spec: {containers: {name: c}}                             | object into Go struct field PodSpec.spec.containers of type []v1.Container
        spec: {securityContext: true}                             | bool into Go struct field PodSpec.spec.securityContext of type v1.PodSecurityContext
        metadata: {labels: [a]}                                   | array into Go struct field ObjectMeta.metadata.labels of type map[string]string
        """)
    void saysWhatCannotBeDecoded(String pod, String words) {
        assertThat(mistyped(pod).decoding()).isEqualTo("json: cannot unmarshal " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spec: {priority: high}                | .spec.priority: expected numeric (int or float), got string
        spec: {priority: [1]}                 | .spec.priority: expected numeric (int or float), got []interface {}
        spec: {hostNetwork: 'yes'}            | .spec.hostNetwork: expected boolean, got &{yes}
        metadata: {labels: {app: 1}}          | .metadata.labels.app: expected string, got &value.valueUnstructured{Value:1}
        spec: {containers: many}              | .spec.containers: expected list, got &{many}
        spec: {securityContext: 1}            | .spec.securityContext: expected map, got &{1}
        """)
    void saysWhatCannotBeApplied(String pod, String words) {
        assertThat(mistyped(pod).applying()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spec: {priority: high}      | spec.priority: Invalid value: "string": spec.priority in body must be of type integer: "string"
        spec: {containers: {a: b}}  | spec.containers: Invalid value: "object": spec.containers in body must be of type array: "object"
        """)
    void saysWhatIsNotValid(String pod, String words) {
        assertThat(mistyped(pod).validating()).isEqualTo(words);
    }

    private static Departure.Mistyped mistyped(String pod) {
        return Conformity.of(POD, Yaml.of(pod)).mistyped().getFirst();
    }
}
