package dev.jtask.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.seal.SealProvider.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealsTest {

    private static final Path FILE = Path.of("keys.json");

    @Test
    void withoutKeysNothingIsLoadedAndNoMessageIsTouched() throws SealException {
        var seal = Seals.open(SealOptions.NONE, Role.SENDER);
        var message = new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), new byte[0]);

        assertThat(seal).isSameAs(Seal.NONE);
        assertThat(seal.messages().close(message)).isSameAs(message);
        assertThat(seal.messages().open(message)).isSameAs(message);
    }

    @Test
    void keysNeedAnArtifactWhichIsNamed() {
        assertThatThrownBy(() -> Seals.open(SealOptions.NONE.withKeys(FILE), Role.SENDER))
                .hasMessage("keys need the artifact dev.jtask:jtask-jose on the class path; add it");
    }

    @Test
    void nothingIsDemandedThatNobodyCouldCheck() {
        assertThatThrownBy(() -> SealOptions.NONE.withSignatures(Signatures.REQUIRE))
                .hasMessageContaining("give a keys file");
        assertThatThrownBy(() -> new SealOptions(FILE, Signatures.WARN, Duration.ZERO, null))
                .hasMessageContaining("must be above zero");
        assertThatThrownBy(() -> new SealOptions(FILE, Signatures.WARN, Duration.ofDays(36_526), null))
                .hasMessageContaining("a hundred years at most");
        assertThat(SealOptions.NONE
                        .withKeys(FILE)
                        .withSignatures(Signatures.REQUIRE)
                        .isNone())
                .isFalse();
    }
}
