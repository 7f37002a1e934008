package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class SecretDataTest {

    @Test
    void encodesWhatIsOnlyForWritingBesideTheRest() {
        var secret = Yaml.of("{kind: Secret, data: {a: eA==, b: eA==}, stringData: {b: y, c: z}}");

        SecretData.encode(secret);

        assertThat(secret).isEqualTo(Yaml.of("{kind: Secret, data: {a: eA==, b: eQ==, c: eg==}}"));
    }

    @Test
    void leavesOtherKindsAlone() {
        var map = Yaml.of("{kind: ConfigMap, stringData: {b: y}}");

        SecretData.encode(map);

        assertThat(map).isEqualTo(Yaml.of("{kind: ConfigMap, stringData: {b: y}}"));
    }
}
