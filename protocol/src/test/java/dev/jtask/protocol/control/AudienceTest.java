package dev.jtask.protocol.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.protocol.json.TypedJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {

    private static final String NODE = "jtask@host-7.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'destination':null,'pattern':null,'matcher':null}",
                "{'destination':[]}",
                "{'pattern':'x'}",
                "{'matcher':'glob'}",
                "{'pattern':'','matcher':'glob'}"
            })
    void aRequestThatNamesNobodyIsForEveryone(String request) throws JsonProcessingException {
        assertThat(read(request)).isEqualTo(Audience.everyone());
        assertThat(Audience.everyone().includes(NODE)).isTrue();
    }

    @Test
    void namesCountBeforeAPattern() throws JsonProcessingException {
        var some = read("{'destination':['jtask@other',5],'pattern':'*','matcher':'glob'}");

        assertThat(some).isEqualTo(new Audience.Nodes(List.of("jtask@other")));
        assertThat(some.includes(NODE)).isFalse();
        assertThat(some.includes("jtask@other")).isTrue();
    }

    @Test
    void aListWithoutANameIsForNobody() throws JsonProcessingException {
        assertThat(read("{'destination':[null]}").includes(NODE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "jtask@*, true",
        "jtask@host-?.example, true",
        "jtask@host-[0-9].example, true",
        "jtask@host-[!0-6].example, true",
        "*[.]*, true",
        "jtask, false",
        "JTASK@*, false",
        "jtask@host-[!0-9].example, false",
        "jtask@host-??.example, false",
        "[jtask@*, false",
        "jtask@.*, false"
    })
    void aFilePatternFitsTheWholeName(String pattern, boolean fits) throws JsonProcessingException {
        assertThat(read("{'pattern':'%s','matcher':'glob'}".formatted(pattern)).includes(NODE))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "jtask, true",
        "'', true",
        "^jtask@host, true",
        ".*example$, true",
        "celery|jtask, true",
        "(celery|jtask)@host-[0-9]+, true",
        "(?:jt?ask@)+host, true",
        "jtask@host-\\d\\.ex\\w*, true",
        "jtask@[^.]+?[.], true",
        "host, false",
        "jtask$, false",
        "jtask@host-[^7], false"
    })
    void aRegularExpressionFitsTheBeginningOfTheName(String expression, boolean fits) {
        assertThat(new Audience.Regex(expression).includes(NODE)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(([a-z0-9@-]+)+)+!",
                "((a*)*b*)*!",
                "(a|a|a|a)*(a|a|a|a)*!",
                "(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)$"
            })
    @Timeout(60)
    void noExpressionTakesLong(String expression) {
        assertThat(new Audience.Regex(expression).includes("a".repeat(255))).isFalse();
    }

    @Test
    @Timeout(60)
    void noFilePatternTakesLong() {
        assertThat(new Audience.Glob("*a".repeat(100) + "!").includes("a".repeat(255)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'destination':'jtask@host'}       | destination must be an array of node names",
                "{'destination':{'a':1}}            | destination must be an array of node names",
                "{'pattern':5,'matcher':'glob'}     | pattern must be a text",
                "{'pattern':'x','matcher':'sql'}    | matcher must be glob or pcre"
            })
    void whatSaysItInNoKnownWayIsRefused(String request, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(request)).withMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '!',
            value = {
                "(a            ! '(' without ')'",
                "a)            ! ')' without '('",
                "[a            ! '[' without ']'",
                "(.)\\1        ! '\\' before a letter or at the end",
                "a\\           ! '\\' before a letter or at the end",
                "(jtask){2}    ! '{' is not read here",
                "a*+           ! '+' is not read here",
                "((((a))))     ! more than 3 groups in each other"
            })
    void anExpressionThatNamesDoNotNeedIsRefused(String expression, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Audience.Regex(expression))
                .withMessage("pattern '%s': %s", expression, reason);
    }

    @Test
    void anEndlessPatternIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Audience.Glob("*".repeat(256)))
                .withMessage("a pattern has at most 255 characters, not 256");
    }

    @Test
    void everyKindIsReadAsItIsWritten() {
        for (var audience : List.of(
                Audience.everyone(),
                Audience.of(List.of("a@b", "c@d")),
                new Audience.Glob("a@*"),
                new Audience.Regex("a@.*"))) {
            assertThat(Audience.in(audience.json())).isEqualTo(audience);
        }
    }

    private static Audience read(String request) throws JsonProcessingException {
        return Audience.in(TypedJson.mapper().readTree(request.replace('\'', '"')));
    }
}
