package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"h4nter2", "abc", "f81d4fae-7dec11d0-a765-00a0c91e6bf6", "ICAgICAg", "", "/w=="})
    void aTextThatIsNothingElseIsItself(String value) {
        assertThat(Readings.texts(value)).containsExactly(value);
    }

    @Test
    void base64IsTheTextOfItsBytes() {
        assertThat(Readings.texts("aDRudGVyMg==")).containsExactly("aDRudGVyMg==", "h4nter2");
        assertThat(Readings.digits("aDRu")).containsExactly("68346e", "68346E", "[104, 52, 110]");
        assertThat(Readings.digits("aDR")).as("as no client writes it").isEmpty();
    }

    @Test
    void aUuidHasDashesOrNone() {
        assertThat(Readings.digits("f81d4fae7dec11d0a76500A0c91e6bf6"))
                .containsExactly(
                        "f81d4fae7dec11d0a76500a0c91e6bf6",
                        "F81D4FAE7DEC11D0A76500A0C91E6BF6",
                        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                        "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6");
        assertThat(Readings.digits("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")).hasSize(4);
    }
}
