package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FragmentsTest {

    private static final String KEY = letters(2_000);

    @Test
    void aLongRunIsTakenOutWhereverItBeginsAndEnds() {
        for (int from : new int[] {0, 1, 7, 500}) {
            for (int length : new int[] {Fragments.RUN, Fragments.RUN + 1, 100, 1_000}) {
                assertThat(without("no " + KEY.substring(from, from + length) + "!"))
                        .isEqualTo("no <redacted>!");
            }
        }
    }

    @Test
    void aShortRunStaysSinceItMayStandThereByChance() {
        var text = "no " + KEY.substring(0, Fragments.RUN - 1) + "!";

        assertThat(without(text)).isSameAs(text);
    }

    @Test
    void bothEndsOfOneThatWasCutAreTakenOut() {
        assertThat(without(
                        "no UUID: \"%s]...[%s\": it is longer".formatted(KEY.substring(0, 500), KEY.substring(1_500))))
                .isEqualTo("no UUID: \"<redacted>]...[<redacted>\": it is longer");
    }

    @Test
    void lineEndsAndBlanksDoNotCount() {
        var lines = KEY.replaceAll("(.{10})", "$1\r\n    ");

        assertThat(without("no:" + lines.strip() + ".")).isEqualTo("no:<redacted>.");
        assertThat(Fragments.without("no:" + KEY + ".", List.of(lines))).isEqualTo("no:<redacted>.");
    }

    @Test
    void whatStandsBesideTheValuesStays() {
        var other = letters(3_000);

        assertThat(without(other + KEY.substring(100, 300) + other)).isEqualTo(other + "<redacted>" + other);
        assertThat(without(other)).isSameAs(other);
    }

    @Test
    void aValueOfOneLetterIsFoundInOneOfMore() {
        assertThat(Fragments.without("x" + "0".repeat(100) + "x", List.of("0".repeat(40))))
                .isEqualTo("x<redacted>x");
    }

    @Test
    void aTextThatIsShorterThanARunStays() {
        assertThat(without("")).isEmpty();
        assertThat(without("\n")).isEqualTo("\n");
        assertThat(without("no key")).isEqualTo("no key");
    }

    private static String without(String text) {
        return Fragments.without(text, List.of("short", KEY));
    }

    private static String letters(int count) {
        return new Random(count)
                .ints(count, 'A', 'Z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
