package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RepeatedNamesTest {

    @Test
    void aNameThatCameBeforeIsTheSameObject() {
        assertThat(name("ignore_result")).isEqualTo("ignore_result").isSameAs(name("ignore_result"));
    }

    @Test
    void eachNameIsItselfHoweverManyThereAre() {
        for (int i = 0; i < 10_000; i++) {
            for (var text : new String[] {"n" + i, i + "ü", "long-".repeat(9) + i, ""}) {
                assertThat(name(text)).isEqualTo(text);
            }
        }
    }

    private static String name(String text) {
        var bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return RepeatedNames.name(bytes, 1, bytes.length - 2);
    }
}
