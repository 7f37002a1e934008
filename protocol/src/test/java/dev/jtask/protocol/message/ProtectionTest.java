package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.flow.Inheritance;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtectionTest {

    @Test
    void isReadAsItIsWritten() {
        for (var each : Protection.values()) {
            assertThat(Protection.of(header(Protection.words(Set.of(each))))).containsExactly(each);
        }
        assertThat(Protection.words(EnumSet.allOf(Protection.class))).isEqualTo("auth encrypted signed");
        assertThat(Protection.of(header("auth encrypted signed"))).containsOnly(Protection.values());
    }

    @Test
    void noneIsNone() {
        assertThat(Protection.of(Map.of())).isEmpty();
        assertThat(Protection.of(header(""))).isEmpty();
        assertThat(Protection.of(header(Protection.words(Set.of())))).isEmpty();
        assertThat(Protection.of(header("encrypt ed Signed"))).isEmpty();
        assertThat(Protection.of(Map.of(JtaskHeaders.PROTECTION, 7))).isEmpty();
    }

    @Test
    void whatFollowsFromATaskIsProtectedAsTheTaskWas() {
        assertThat(Inheritance.inherit(header("encrypted"), Map.of("own", 1)))
                .isEqualTo(Map.of(JtaskHeaders.PROTECTION, "encrypted", "own", 1));
    }

    private static Map<String, @Nullable Object> header(String words) {
        return Map.of(JtaskHeaders.PROTECTION, words);
    }
}
