package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisHostTest {

    private static final ThisHost.Self UNRESOLVED = () -> {
        throw new UnknownHostException("pod-7: Name or service not known");
    };

    @TempDir
    private Path folder = Path.of("");

    @Test
    void isWhatTheSystemCallsItself() {
        assertThat(ThisHost.name(() -> InetAddress.getByAddress("shop", new byte[] {127, 0, 0, 1}), Map.of(), folder))
                .isEqualTo("shop");
        assertThat(ThisHost.name()).isNotBlank();
    }

    @Test
    void hasItsNameAlsoWhereThatDoesNotResolve() throws IOException {
        var kernel = Files.writeString(folder.resolve("hostname"), "pod-7\n");

        assertThat(ThisHost.name(UNRESOLVED, Map.of("HOSTNAME", "pod-8"), kernel))
                .isEqualTo("pod-8");
        assertThat(ThisHost.name(UNRESOLVED, Map.of("HOSTNAME", " "), kernel)).isEqualTo("pod-7");
        assertThat(ThisHost.name(UNRESOLVED, Map.of(), folder.resolve("none"))).isEqualTo("localhost");
    }
}
