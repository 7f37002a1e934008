package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaintextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uri=amqp://u:hunter2@h ca.crt=x                                   | has ca.crt but a uri with amqp://
            uri=AMQP://u:hunter2@h tls.crt=x tls.key=y                        | has tls.crt but a uri with amqp://
            uri=amqps://u:hunter2@h;amqp://u:hunter2@i ca.crt=x               | write amqps://
            host=h username=u password=hunter2 tls.crt=x tls.key=y            | neither ca.crt nor port 5671
            uri=amqps://u:hunter2@h managementUri=http://h:15672              | write https://
            host=h port=5671 username=u password=hunter2 managementUri=http://h | write https://
            uri=amqps://h/v?auth_mechanism=external                           | with the tag management
            uri=amqps://h?heartbeat=3&auth_mechanism=EXTERNAL                 | no user
            """)
    void isRefusedWithTheFix(String secret, String fix) {
        assertThatThrownBy(() -> Plaintext.refuse(values(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fix)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri=amqp://u:p@h managementUri=http://h:15672",
                "uri=amqps://u:p@h ca.crt=x managementUri=https://h:15671",
                "uri=amqps://u:p@h?auth_mechanism=external tls.crt=x tls.key=y",
                "uri=amqps://h?auth_mechanism=external managementUri=https://u:p@h:15671",
                "host=h username=u password=p ca.crt=x",
                "host=h username=u password=p managementUri=http://h",
                "host=h"
            })
    void isNotSeenWhereThereIsNone(String secret) {
        assertThatCode(() -> Plaintext.refuse(values(secret))).doesNotThrowAnyException();
    }

    private static Map<String, String> values(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
    }
}
