package dev.jtask.operator.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void isAllOfAShortText() {
        assertThat(Excerpt.of("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void endsWhereItWasCut() {
        assertThat(Excerpt.of("abcde", 4)).isEqualTo("abcd…");
    }

    @Test
    void cutsNoCharacterInHalves() {
        assertThat(Excerpt.of("abc😀", 4)).isEqualTo("abc…");
    }
}
