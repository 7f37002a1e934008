package dev.jtask.protocol.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {

    @ParameterizedTest
    @CsvSource({
        "amqp://host, 5672, guest, guest, /",
        "amqp://host/, 5672, guest, guest, /",
        "amqp://host//, 5672, guest, guest, /",
        "AMQPS://u:p%40ss@host/shop, 5671, u, p@ss, shop",
        "amqp://u:a+b@host:1234/my%2Fvhost, 1234, u, a+b, my/vhost",
        "amqp://u:p;x$y&z:w@host/v, 5672, u, p;x$y&z:w, v",
        "amqp://u@host/v, 5672, u, '', v",
        "amqp://gr%C3%BC%C3%9Fe:x@host, 5672, grüße, x, /",
    })
    void readsAUriAsCeleryReadsIt(String text, int port, String user, String password, String vhost) {
        assertThat(BrokerUri.list(text)).singleElement().satisfies(broker -> {
            assertThat(broker.host()).isEqualTo("host");
            assertThat(broker.port()).isEqualTo(port);
            assertThat(broker.login()).isEqualTo(new Login(user, password));
            assertThat(broker.vhost()).isEqualTo(vhost);
        });
    }

    @Test
    void givesEachHostOfAListTheSameLoginAndVhost() {
        var brokers = BrokerUri.list(" amqps://u:p,q@h1:1111, rabbit_2,[fd00::3]:3333/shop?auth_mechanism=External ");

        assertThat(brokers)
                .extracting(BrokerUri::toString)
                .containsExactly("amqps://h1:1111/shop", "amqps://rabbit_2:5671/shop", "amqps://[fd00::3]:3333/shop");
        assertThat(brokers).extracting(BrokerUri::login).containsOnly(new Login("u", "p,q"));
        assertThat(brokers).extracting(BrokerUri::identity).containsOnly(BrokerUri.Identity.CERTIFICATE);
        assertThat(brokers).extracting(BrokerUri::host).contains("fd00::3");
    }

    @Test
    void givesEachUriOfCelerysListItsOwn() {
        var brokers = BrokerUri.list("amqp://a:pa@h1//;amqp://b:pb@h2/v2 ; amqps://h3,h4/v3;amqp://a:pa@h1");

        assertThat(brokers)
                .extracting(BrokerUri::toString)
                .containsExactly("amqp://h1:5672", "amqp://h2:5672/v2", "amqps://h3:5671/v3", "amqps://h4:5671/v3");
        assertThat(brokers)
                .extracting(BrokerUri::login)
                .startsWith(new Login("a", "pa"), new Login("b", "pb"), new Login("guest", "guest"));
    }

    @Test
    void readsTheParametersThatRabbitMqKnows() {
        var broker =
                BrokerUri.list("amqp://h?heartbeat=5&connection_timeout=2500").get(0);

        assertThat(broker.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(broker.connectTimeout()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void namesAParameterThatItDoesNotKnow() {
        assertThatThrownBy(() -> BrokerUri.list("amqp://app:hunter2@h/v?verify=verify_none"))
                .hasMessage(
                        "broker URI amqp://h/v: parameter 'verify' is not known; known are auth_mechanism=external, heartbeat=seconds and connection_timeout=milliseconds, and TLS is amqps://");
    }

    @Test
    void namesTheUriOfAListThatIsWrong() {
        assertThatThrownBy(() -> BrokerUri.list("amqp://a:hunter2@h1//;redis://b:hunter3@h2"))
                .hasMessage(
                        "broker URI 2 of 2 must start with amqp:// or amqps://, as in amqp://user:password@host:5672/vhost");
    }

    @Test
    void showsNoPasswordOfAny() {
        var brokers = BrokerUri.list("amqp://app:hunter2@h1,h2//;amqp://app:hunter3@h3//");

        assertThat(brokers.toString() + brokers.get(0).login()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "http://app:hunter2@host",
                "amqp://app:hunter2@ho st",
                "amqp://app:hunter2@",
                "amqp:///hunter2",
                "amqp://app:hunter2",
                "amqp://app:hunter2@h:0",
                "amqp://app:hunter2@h:99999",
                "amqp://app:hunter2@h:",
                "amqp://app:hunter2@fd00::1",
                "amqp://app:hunter2@[fd00::1",
                "amqp://app:hunter2@[h]",
                "amqp://app:hunter2@h1,,h2",
                "amqp://app:hunter2@h1,",
                "amqp://app:hunter2@h1;h2",
                "amqp://app:hunter2@h1//;",
                "amqp://app:hunter2@h1//;h2//",
                "amqp://app:hunter2@h1:5672/v,h2:5672/v",
                "amqp://app:hunter2@h1//;;amqp://app:hunter3@h2//",
                "amqp://app:hunter2@h1//,amqp://app:hunter3@h2//",
                "amqp://app:hunter2@h1,amqp://app:hunter3@h2//",
                "amqp://app:hunter2@h1,app:hunter3@h2/v",
                "amqp://app:hunter2@h1//;amqp://app:hunter@3@h2//",
                "amqp://app:12/hunter2@h",
                "amqp://app:hunter2#x@h",
                "amqp://app:hunter2?x@h",
                "amqp://app:hunter2%@h",
                "amqp://app:hunter2%zz@h",
                "amqp://app:hunter2%ff@h",
                "amqp://app:hunter2 @h",
                "amqp://app:hunter2\"@h",
                "amqp://app:hunter2@h/v?ssl=true",
                "amqp://app:hunter2@h/v?heartbeat",
                "amqp://app:hunter2@h/v?heartbeat=0",
                "amqp://app:hunter2@h/v?heartbeat=5&heartbeat=6",
                "amqp://app:hunter2@h/v?auth_mechanism=amqplain",
                "amqp://app:hunter2@h/v?hunter2=1;x@",
                "amqp://app:hunter2@h/v w",
                "amqp://app:hunter2@h/v#x",
            })
    void refusesWhatIsNoBrokerUriWithoutShowingIt(String text) {
        assertThatThrownBy(() -> BrokerUri.list(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("broker URI")
                .hasMessageNotContaining("hunter")
                .hasNoCause();
    }
}
