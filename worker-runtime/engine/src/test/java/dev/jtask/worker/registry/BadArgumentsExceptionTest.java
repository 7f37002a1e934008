package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadArgumentsExceptionTest {

    @Test
    void saysNoMoreThanAPageAndNoHalfCharacter() {
        assertThat(new BadArgumentsException("x".repeat(1_000))).hasMessage("x".repeat(1_000));
        assertThat(new BadArgumentsException("x" + "😀".repeat(1_000)))
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThanOrEqualTo(1_001)
                .endsWith("😀…");
    }
}
