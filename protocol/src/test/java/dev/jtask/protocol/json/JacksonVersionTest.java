package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.Version;
import org.junit.jupiter.api.Test;

class JacksonVersionTest {

    @Test
    void anOlderOneIsNamedWithTheOneThatIsNeeded() {
        assertThatThrownBy(() -> JacksonVersion.require(version(17, 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jtask needs Jackson 2.18 or newer, and the class path has jackson-core 2.17.3");
    }

    @Test
    void theFirstThatSufficesAndTheOneHereAreFine() {
        assertThatCode(() -> JacksonVersion.require(version(18, 0))).doesNotThrowAnyException();
        assertThatCode(JacksonVersion::require).doesNotThrowAnyException();
    }

    private static Version version(int minor, int patch) {
        return new Version(2, minor, patch, null, null, null);
    }
}
