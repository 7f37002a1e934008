package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.uri.BrokerUri;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReaderTest {

    @Test
    void aUriNamesBrokerUserAndVhostAndTheManagementApiBesideIt() {
        var secret = usable(Map.of("uri", "amqp://app:p%40ss@rabbit.test:5672/my%2Fvhost"));

        assertThat(secret.access())
                .isEqualTo(new BrokerAccess(
                        List.of(new ManagementDoor(URI.create("http://rabbit.test:15672"), "app", "p@ss", "my/vhost")),
                        TlsMaterial.NONE));
        assertThat(secret.workerUri()).isEqualTo(new WorkerUri.Whole());
    }

    @Test
    void messagesAreCountedAsTheUserThatWorkersAre() {
        var uri = "amqp://app:p%40ss@h1:7000,h2/my%2Fvhost";
        assertThat(usable(Map.of("uri", uri, "managementUri", "http://mon:m@m")).amqp())
                .isEqualTo(new AmqpAccess(BrokerUri.list(uri), TlsMaterial.NONE));

        var parts = new HashMap<>(Map.of("host", "h1,h2", "username", "u", "password", "p", "vhost", "my vhost"));
        assertThat(usable(parts).amqp().brokers()).isEqualTo(BrokerUri.list("amqp://u:p@h1,h2/my%20vhost"));
        parts.putAll(Map.of("port", "7001", "ca.crt", "PEM"));
        var encrypted = usable(parts).amqp();
        assertThat(encrypted.brokers()).isEqualTo(BrokerUri.list("amqps://u:p@h1,h2:7001/my%20vhost"));
        assertThat(encrypted.tls().authority()).isEqualTo("PEM");
    }

    @Test
    void workersRestartForWhatTheyUseAndForNothingElse() {
        var uri = Map.of("uri", "amqps://a:b@host");
        var version = usable(uri).version();
        assertThat(version).hasSize(8);

        assertThat(usable(Map.of("uri", "amqps://a:c@host")).version()).isNotEqualTo(version);
        assertThat(usable(Map.of("uri", "amqps://a:b@host", "ca.crt", "PEM")).version())
                .isNotEqualTo(version);
        assertThat(usable(Map.of("uri", "amqps://a:b@host", "note", "hello", "managementUri", "https://m:1"))
                        .version())
                .isEqualTo(version);

        var parts = Map.of("host", "h", "username", "u", "password", "p");
        assertThat(usable(parts).version())
                .isEqualTo(usable(Map.of("host", "h", "username", "u", "password", "p", "provider", "x"))
                        .version())
                .isNotEqualTo(usable(Map.of("host", "h", "username", "u", "password", "q"))
                        .version());
    }

    @Test
    void aTouchOfTheSecretIsNoChange() {
        var before = secret(Map.of("uri", "amqp://a:b@host"));
        var touched = before.edit()
                .editMetadata()
                .withResourceVersion("8")
                .endMetadata()
                .build();

        assertThat(SecretReader.read("default", "rabbitmq", touched))
                .isEqualTo(SecretReader.read("default", "rabbitmq", before));
    }

    @Test
    void aKeyWithoutAValueIsOneThatIsNotThere() {
        var nothing = secret(Map.of("username", "u"));
        nothing.getData().put("uri", null);

        assertThat(SecretReader.read("default", "rabbitmq", nothing))
                .isEqualTo(SecretReader.read("default", "rabbitmq", secret(Map.of("username", "u"))));
    }

    /// As `echo pw | base64` makes it: with the line break a password is another one, and a port is none of TLS.
    @ParameterizedTest
    @ValueSource(strings = {"host", "port", "username", "password", "vhost"})
    void aPartWithALineBreakAtItsEndIsNamed(String key) {
        var parts = new HashMap<>(Map.of(
                "host", "h", "port", "5671", "username", "u", "password", "pw", "vhost", "shop", "tls.crt", "C"));
        parts.put("tls.key", "K");
        parts.merge(key, "\n", String::concat);

        assertThat(SecretReader.read("default", "rabbitmq", secret(parts)))
                .isEqualTo(new SecretReading.Invalid(
                        "Secret rabbitmq has a line break or blank at an end of its key %s, as echo writes it; write it with printf or kubectl create secret --from-literal"
                                .formatted(key)));
    }

    @ParameterizedTest
    @CsvSource({
        "amqps://a:b@host/v, https://host:15671",
        "amqp://a:b@host, http://host:15672",
    })
    void theManagementPortFollowsTheScheme(String uri, String management) {
        assertThat(usable(Map.of("uri", uri)).access().management()).hasToString(management);
    }

    @ParameterizedTest
    @CsvSource({
        "http://mgmt.test:1234/api/, http://mgmt.test:1234",
        "https://u:p@mgmt.test/rabbit, https://mgmt.test/rabbit",
    })
    void aManagementUriIsTakenWithoutApiAndCredentials(String given, String taken) {
        var secret = usable(Map.of("uri", "amqp://a:b@host/v", "managementUri", given));

        assertThat(secret.access().management()).hasToString(taken);
    }

    @Test
    void everyBrokerOfTheUriIsADoorToTheManagementApi() {
        var secret = usable(Map.of("uri", "amqp://a:hunter2@h1:7000,[fd00::2]/v;amqps://b:hunter3@h3/w"));

        assertThat(secret.access().doors())
                .extracting(ManagementDoor::toString)
                .containsExactly(
                        "http://h1:15672 vhost v", "http://[fd00::2]:15672 vhost v", "https://h3:15671 vhost w");
        assertThat(secret.access().doors())
                .extracting(door -> Objects.requireNonNull(door.login()).password())
                .containsExactly("hunter2", "hunter2", "hunter3");
        assertThat(secret.toString() + secret.access().management()).doesNotContain("hunter");
    }

    @Test
    void theManagementUriMayNameSeveralServersAndAUserOfItsOwn() {
        var secret = usable(Map.of(
                "uri",
                "amqp://a:hunter2@h1,h2/v",
                "managementUri",
                "http://mon:hunter%34@m1:1111,m2/api;https://m3/x/"));

        assertThat(secret.access().doors())
                .containsExactly(
                        new ManagementDoor(URI.create("http://m1:1111"), "mon", "hunter4", "v"),
                        new ManagementDoor(URI.create("http://m2"), "mon", "hunter4", "v"),
                        new ManagementDoor(URI.create("https://m3/x"), "a", "hunter2", "v"));
    }

    @Test
    void hostMayBeSeveral() {
        var secret = usable(Map.of("host", "h1,h2", "username", "u", "password", "p"));

        assertThat(secret.access().management()).isEqualTo("http://h1:15672, http://h2:15672");
    }

    @Test
    void theKeysOfAServiceBindingAreEnough() {
        var secret = usable(Map.of("host", "rabbit.test", "username", "app", "password", "secret", "vhost", "shop/eu"));

        assertThat(secret.access().doors().getFirst().vhost()).isEqualTo("shop/eu");
        assertThat(secret.workerUri()).isEqualTo(new WorkerUri.Parts("amqp", "5672", "shop%2Feu"));
    }

    @Test
    void theTlsPortMakesBothConnectionsEncrypted() {
        var secret = usable(Map.of("host", "h", "port", "5671", "username", "u", "password", "p"));

        assertThat(secret.access().management()).hasToString("https://h:15671");
        assertThat(secret.workerUri()).isEqualTo(new WorkerUri.Parts("amqps", null, "%2F"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        uri=redis://host                         | amqp://user:password@host:5672/vhost
        uri=amqp://a:se cret@host/v              | percent-encode
        host=h,username=u                        | lacks password
        host=h,username=u,password=se@cret       | percent-encode
        uri=amqp://a:b@h,tls.crt=x               | only one of tls.crt and tls.key
        uri=amqp://a:b@h,managementUri=ftp://x   | http://host:15672
        uri=amqp://a:b@h;amqp://c:se@cret@h2     | broker URI 2 of 2
        uri=amqp://a:b@h/v?verify=none           | parameter 'verify' is not known
        uri=amqps://a:b@h,managementUri=https://h?verify=none | managementUri with parameters
        uri=amqps://a:b@h/v?verifyPeer=NONE      | parameter 'verifyPeer' is not known
        uri=amqps://a:b@h/v?ssl_cert_reqs=none   | parameter 'ssl_cert_reqs' is not known
        """)
    void whatIsWrongIsNamedWithoutAnyValue(String keys, String part) {
        var values = new HashMap<String, String>();
        for (var entry : keys.split(",", -1)) {
            var pair = entry.split("=", 2);
            values.put(pair[0], pair[1]);
        }

        var reading = SecretReader.read("default", "rabbitmq", secret(values));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        SecretReading.Invalid.class,
                        invalid -> assertThat(invalid.message())
                                .startsWith("Secret rabbitmq ")
                                .contains(part)
                                .doesNotContain("cret@", "se cret"));
    }

    @Test
    void whatElseASecretHasIsNotTold() {
        assertThat(refusal(Map.of("admin-of-payments", "x", "username", "u"))).endsWith("(keys present: username)");
        assertThat(refusal(Map.of("token", "x"))).endsWith("(keys present: none of those that are read)");
    }

    private static String refusal(Map<String, String> values) {
        return ((SecretReading.Invalid) SecretReader.read("default", "rabbitmq", secret(values))).message();
    }

    @Test
    void aMissingSecretSaysHowToMakeOne() {
        var reading = SecretReader.read("shop", "rabbitmq", null);

        assertThat(reading)
                .isEqualTo(new SecretReading.Missing(
                        "Secret rabbitmq does not exist in namespace shop; create it with the key uri"
                                + " (amqp://user:password@host:5672/vhost) or correct spec.broker.secretRef.name"));
    }

    @Test
    void nothingShowsThePassword() {
        var secret = usable(Map.of("uri", "amqp://app:hunter2@rabbit.test/v"));

        assertThat(secret.toString()).doesNotContain("hunter2");
    }

    private static BrokerSecret usable(Map<String, String> values) {
        var reading = SecretReader.read("default", "rabbitmq", secret(values));
        assertThat(reading).isInstanceOf(SecretReading.Usable.class);
        return ((SecretReading.Usable) reading).secret();
    }

    private static Secret secret(Map<String, String> values) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("rabbitmq")
                .withResourceVersion("7")
                .endMetadata();
        values.forEach((key, value) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return secret.build();
    }
}
