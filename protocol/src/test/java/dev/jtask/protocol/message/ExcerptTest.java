package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void leavesALineAsItIs() {
        assertThat(Excerpt.of("task 'größe' is not here 😀")).isEqualTo("task 'größe' is not here 😀");
        assertThat(Excerpt.of("")).isEmpty();
    }

    @Test
    void writesWhatWouldEndTheLineOrHideInItAsItsCode() {
        assertThat(Excerpt.of("a\nb\r\tc\u0000\u001b[31m😀\u0085\u2028\u202e\ud800"))
                .isEqualTo("a\\u000ab\\u000d\\u0009c\\u0000\\u001b[31m😀\\u0085\\u2028\\u202e\\ud800");
    }

    @Test
    void cutsWhatNobodyReads() {
        assertThat(Excerpt.of("x".repeat(10_000))).hasSize(500).endsWith("x...");
        assertThat(Excerpt.of("\n".repeat(10_000), 200))
                .hasSizeLessThanOrEqualTo(200)
                .endsWith("a...");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(Excerpt.of("x" + "😀".repeat(500))).endsWith("😀...");
    }
}
