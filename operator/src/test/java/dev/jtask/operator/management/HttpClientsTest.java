package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.operator.secret.TlsMaterial;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpClientsTest {

    private final HttpClients clients = new HttpClients(Duration.ofSeconds(1));

    @Test
    void allOfOneTrustShareAClient() {
        assertThat(clients.of(TlsMaterial.NONE)).isSameAs(clients.of(new TlsMaterial(null, null, null)));
    }

    @Test
    void materialThatIsNoneIsRefusedEachTime() {
        var wrong = new TlsMaterial("no PEM", null, null);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> clients.of(wrong)).isInstanceOf(ManagementException.class);
        }
    }
}
