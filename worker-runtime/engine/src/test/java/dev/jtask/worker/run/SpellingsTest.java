package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SpellingsTest {

    @Test
    void inJsonAndInPythonsQuotes() {
        var spellings = Spellings.of(List.of("a\"b\nc'd\\"));

        assertThat(spellings.without("as it is: a\"b\nc'd\\")).isEqualTo("as it is: <redacted>");
        assertThat(spellings.without("JSON: \"a\\\"b\\nc'd\\\\\"")).isEqualTo("JSON: \"<redacted>\"");
        assertThat(spellings.without("Python: 'a\"b\\nc\\'d\\\\'")).isEqualTo("Python: '<redacted>'");
        assertThat(Spellings.of(List.of("it's\t\u0001")).without("Python: \"it's\\t\\x01\""))
                .isEqualTo("Python: \"<redacted>\"");
    }

    @Test
    void withOtherLineEndsAndWithoutTheBlanksAroundIt() {
        assertThat(Spellings.of(List.of("one\r\ntwo\r\n")).without("it is one\ntwo"))
                .isEqualTo("it is <redacted>");
        assertThat(Spellings.of(List.of("h4nter2\n")).without("it is h4nter2"))
                .as("as it comes out of a file")
                .isEqualTo("it is <redacted>");
        assertThat(Spellings.of(List.of("  a  ")).without("a pan"))
                .as("a short one")
                .isEqualTo("a pan");
    }

    @Test
    void aUuidHoweverItIsWritten() {
        var dashed = "01234567-89ab-cdef-0123-456789abcdef";
        var hex = dashed.replace("-", "");
        for (var sent : List.of(dashed, hex, hex.toUpperCase(Locale.ROOT))) {
            for (var told : List.of(dashed, hex, hex.toUpperCase(Locale.ROOT), dashed.toUpperCase(Locale.ROOT))) {
                assertThat(Spellings.of(List.of(sent)).without("no session for " + told))
                        .isEqualTo("no session for <redacted>");
            }
        }
    }

    @Test
    void bytesHoweverTheyAreWritten() {
        var bytes = "h4nter2ü".getBytes(StandardCharsets.UTF_8);
        var spellings = Spellings.of(List.of(Base64.getEncoder().encodeToString(bytes)));

        assertThat(spellings.without("it is h4nter2ü")).isEqualTo("it is <redacted>");
        assertThat(spellings.without("it is " + HexFormat.of().formatHex(bytes)))
                .isEqualTo("it is <redacted>");
        assertThat(spellings.without("it is " + Arrays.toString(bytes))).isEqualTo("it is <redacted>");
        var key = Spellings.of(List.of(Base64.getEncoder().encodeToString(new byte[] {-1, 0, 1, 2})));
        assertThat(key.without("it is ff000102")).as("no text").isEqualTo("it is <redacted>");
        assertThat(key.without("it is \uFFFD")).isEqualTo("it is \uFFFD");
    }

    @Test
    void theBeginningOfOneAtTheEndOfATextThatWasCut() {
        var spellings = Spellings.of(List.of("h4nter2"));

        assertThat(spellings.without("bob: h4nter…")).isEqualTo("bob: <redacted>…");
        assertThat(spellings.without("bob: h4n…")).as("a short one").isEqualTo("bob: h4n…");
        assertThat(spellings.without("bob: h4nter")).as("not cut").isEqualTo("bob: h4nter");
    }

    @Test
    void aTextWithAShortOneIsNotShownAtAll() {
        assertThat(Spellings.of(List.of("42")).without("pin 42 is wrong")).isEqualTo("<redacted>");
    }
}
