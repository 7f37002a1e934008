package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthKeysTest {

    private static final Map<String, String> WHOLE = Map.of(
            "uri", "amqps://rabbit.test/shop",
            "oauthTokenUri", "https://login.test/token",
            "oauthClientId", "thumbnails",
            "oauthClientSecret", "hunter2");

    @Test
    void theClientOfTheSecretLogsInEverywhere() {
        var secret = usable(WHOLE);

        assertThat(secret.amqp().oauth())
                .isEqualTo(new OAuthAccess("https://login.test/token", "thumbnails", "hunter2", null, null, null))
                .isEqualTo(secret.access().oauth());
        assertThat(secret.access().doors().getFirst().login()).isNull();
        assertThat(secret.toString()).doesNotContain("hunter2");
    }

    @Test
    void theManagementApiMayHaveAUserOfItsOwn() {
        var secret = usable(with("managementUri", "https://mon:pw@rabbit.test:15671"));

        assertThat(secret.access().doors().getFirst().login()).isNotNull();
        assertThat(secret.amqp().oauth()).isNotNull();
    }

    @Test
    void workersRestartForWhatTheyReadOnce() {
        var version = usable(WHOLE).version();

        assertThat(usable(with("oauthClientSecret", "hunter3")).version())
                .as("a file")
                .isEqualTo(version);
        assertThat(usable(with("oauthClientId", "other")).version()).isNotEqualTo(version);
        assertThat(usable(with("oauthScope", "a b")).version()).isNotEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        oauthClientSecret |                           | not all that it needs
        oauthTokenUri     |                           | not all that it needs
        uri               |                           | not all that it needs
        oauthTokenUri     | http://login.test/hunter2 | has an oauthTokenUri that cannot be used: the client's secret would be sent in plaintext
        oauthTokenUri     | https://a:hunter2@login   | without a login
        uri               | amqps://me:hunter2@h      | a uri that says who we are
        uri               | amqps://guest:guest@h?auth_mechanism=external | says who we are
        """)
    void whatIsWrongIsNamedWithoutAnyValue(String key, @Nullable String value, String part) {
        var values = with(key, value == null ? "" : value);
        if (key.equals("uri") && value == null) {
            values.putAll(Map.of("host", "h", "username", "u", "password", "p"));
        }
        assertThat(read(values))
                .isInstanceOfSatisfying(
                        SecretReading.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains(part).doesNotContain("hunter2"));
    }

    @Test
    void theServerOfTokensIsAHostLikeAnyOther() {
        var hosts = BrokerHosts.of(List.of("rabbit.test"));

        assertThat(hosts.refused(usable(WHOLE))).contains("login.test");
    }

    private static Map<String, String> with(String key, String value) {
        var values = new HashMap<>(WHOLE);
        values.put(key, value);
        return values;
    }

    private static BrokerSecret usable(Map<String, String> values) {
        return ((SecretReading.Usable) read(values)).secret();
    }

    private static SecretReading read(Map<String, String> values) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("rabbitmq")
                .endMetadata()
                .build();
        var data = new HashMap<String, String>();
        values.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        secret.setData(data);
        return SecretReader.read("default", "rabbitmq", secret);
    }
}
