package dev.jtask.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeginningTest {

    @Test
    void isAllOfAShortText() {
        assertThat(Beginning.of("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void endsWhereItWasCut() {
        assertThat(Beginning.of("abcde", 4)).isEqualTo("abcd…");
    }

    @Test
    void cutsNoCharacterInHalves() {
        assertThat(Beginning.of("abc😀", 4)).isEqualTo("abc…");
        assertThat(Beginning.of("ab😀d", 4)).isEqualTo("ab😀…");
        assertThat(Beginning.end("ab😀", 3)).isEqualTo(2);
        assertThat(Beginning.end("ab😀", 4)).isEqualTo(4);
    }
}
