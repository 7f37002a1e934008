package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.protocol.result.RemoteError;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyReprTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[2,3]           | (2, 3)",
                "[2]             | (2,)",
                "[]              | ()",
                "[null,true]     | (None, True)",
                "[\"it's\", 1.5] | ('it\\'s', 1.5)",
                "[{\"a\":[1,{\"b\":2}],\"n\":null}] | ({'a': [1, {...}], 'n': None},)",
            })
    void writesATupleAsPythonDoes(String json, String expected) throws JsonProcessingException {
        assertThat(PyRepr.tuple(TypedJson.mapper().readTree(json))).isEqualTo(expected);
    }

    @Test
    void staysNearOneThousandCharacters() throws JsonProcessingException {
        var json = TypedJson.mapper().readTree("[\"%s\", 1]".formatted("x".repeat(5_000)));

        assertThat(PyRepr.tuple(json)).hasSizeBetween(1_024, 1_040).endsWith("...', ...)");
    }

    /// The file is what Celery's own `saferepr` wrote: src/test/python/saferepr.py.
    @Test
    void writesWhatCelerysSafereprWrites() throws IOException {
        try (var golden = PyReprTest.class.getResourceAsStream("saferepr.json")) {
            for (var row : TypedJson.mapper().readTree(golden)) {
                var value = row.get("value");
                var shown = value.isArray() ? PyRepr.tuple(value) : PyRepr.of(value);
                assertThat(shown).isEqualTo(row.get("repr").textValue());
            }
        }
    }

    @Test
    void showsAnErrorAsPythonPrintsIt() {
        assertThat(RemoteError.of(new IllegalStateException("boom")).display())
                .isEqualTo("IllegalStateException('boom')");
        assertThat(RemoteError.of(new IllegalStateException()).display()).isEqualTo("IllegalStateException()");
    }
}
