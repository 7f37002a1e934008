package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void leavesALineAsItIs() {
        assertThat(SafeText.line("task 'größe' is not here 😀")).isEqualTo("task 'größe' is not here 😀");
        assertThat(SafeText.line("")).isEmpty();
    }

    @Test
    void writesWhatWouldEndTheLineAsItsCode() {
        assertThat(SafeText.line("a\nb\r\tc\u0000\u001b[31m😀\u0085"))
                .isEqualTo("a\\u000ab\\u000d\\u0009c\\u0000\\u001b[31m😀\\u0085");
    }

    @Test
    void cutsWhatNobodyReads() {
        assertThat(SafeText.line("x".repeat(500))).hasSize(500);
        assertThat(SafeText.line("x".repeat(501))).hasSize(501).endsWith("x…");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(SafeText.line("x" + "😀".repeat(500))).endsWith("😀…");
    }
}
