package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "userPassword2",
                "client_secret",
                "accessToken",
                "Authorization",
                "X-API-Key",
                "privateKey",
                "sessionCookie"
            })
    void theUsualNamesHideTheirValues(String name) {
        assertThat(Redaction.USUAL.hides(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "pass", "key", "amount", "toke", "n"})
    void othersDoNot(String name) {
        assertThat(Redaction.USUAL.hides(name)).isFalse();
    }

    @Test
    void anExpressionTakesThePlaceOfTheUsualNames() {
        var own = Redaction.of("^(iban|pin)$");

        assertThat(own.hides("IBAN")).isTrue();
        assertThat(own.hides("pinned")).isFalse();
        assertThat(own.hides("password")).isFalse();
        assertThat(Redaction.of("off").hides("password")).isFalse();
        assertThat(Redaction.of("off").isOff()).isTrue();
        assertThat(own.isOff()).isFalse();
        assertThat(Redaction.of("")).isEqualTo(Redaction.USUAL);
        assertThatThrownBy(() -> Redaction.of("(")).hasMessageContaining("is no regular expression");
    }

    @Test
    void allTextsAndNumbersOfAValueAreTold() {
        var texts = new ArrayList<String>();
        Redaction.texts(json("['b', {'c': ['d', 4, true, null]}]"), texts);

        assertThat(texts).containsExactly("b", "d", "4");
    }

    @Test
    void ofATypedValueTheValueIsToldAndNotItsType() {
        var texts = new ArrayList<String>();
        Redaction.texts(json("""
                [{'__type__': 'uuid', '__value__': {'hex': '0123456789abcdef0123456789abcdef'}},
                {'__type__': 'base64', '__value__': 'aDRudGVyMg=='},
                {'__type__': 'date', '__value__': '2026-01-02'},
                {'__type__': 'money', '__value__': ['7 EUR']}]
                """), texts);

        assertThat(texts).containsExactly("0123456789abcdef0123456789abcdef", "aDRudGVyMg==", "2026-01-02", "7 EUR");
    }

    @Test
    void namesThatAreNoWordsMayBeSecretsThemselves() {
        var texts = new ArrayList<String>();
        Redaction.texts(
                json(
                        "{'tok-live-8f3': 'a', '1234': 'b', 'Xabcdefghijklmnop': 'c', 'id': 'd', 'line_2': 'e', '7': 'f'}"),
                texts);

        assertThat(texts)
                .as("no field's name, which stands in any trace")
                .containsExactlyInAnyOrder("tok-live-8f3", "1234", "Xabcdefghijklmnop", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void textsForPeopleShowNone() {
        assertThat(PyRepr.of(json("{'user': 'a', 'password': 'b'}")))
                .isEqualTo("{'user': 'a', 'password': '<redacted>'}");
    }

    private static JsonNode json(String text) {
        try {
            return TypedJson.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
