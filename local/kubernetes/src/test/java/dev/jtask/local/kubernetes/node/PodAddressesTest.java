package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PodAddressesTest {

    private final int port = FreePorts.take(1).getFirst();
    private final PodAddresses addresses = new PodAddresses(new Random(1));

    @Test
    void givesEachPodAnAddressOfItsOwn() {
        var first = addresses.take(port);
        var second = addresses.take(port);

        assertThat(first).startsWith("127.").isNotEqualTo(second);
        addresses.release(first);
        assertThat(addresses.take(port)).isEqualTo(first);
    }

    @Test
    void passesOverAnAddressWhosePortIsTaken() throws IOException {
        var first = addresses.take(port);
        addresses.release(first);
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral(first))) {
            assertThat(addresses.take(port)).isNotEqualTo(first);
        }
    }
}
