package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void quotesTheBrokersWordsOnOneLineAndNoFurtherThanAnybodyReads() throws IOException {
        assertThat(in("{\"error\": \"bad_request\", \"reason\": \"no\\nqueue\"}"))
                .isEqualTo(new Refusal(true, "no queue"));
        assertThat(in("{\"reason\": \"x%s\"}".formatted("😀".repeat(1_000))).words())
                .hasSizeLessThanOrEqualTo(201)
                .endsWith("😀…");
    }

    @Test
    void isNoBrokersWithoutItsForm() throws IOException {
        assertThat(in("[]")).isEqualTo(Refusal.NONE);
        assertThat(in("no JSON")).isEqualTo(Refusal.NONE);
    }

    private static Refusal in(String answer) throws IOException {
        try (var json = new JsonFactory().createParser(answer)) {
            return Refusal.in(json);
        }
    }
}
