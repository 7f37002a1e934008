package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {

    @Test
    void theLastKeyOfAPurposeIsWrittenWithAndAllAreReadWith() {
        var ring = Given.ring(Given.secret("old"), Given.hmac("sig"), Given.secret("new"));

        assertThat(ring.encrypting(Given.NOON)).map(Key::id).contains("new");
        assertThat(ring.signing(Given.NOON)).map(Key::id).contains("sig");
        assertThat(ring.secret("old")).isPresent();
        assertThat(ring.secret("sig")).isEmpty();
        assertThat(ring.verifying("new")).isEmpty();
    }

    @Test
    void aKeyIsNotWrittenWithBeforeItsTimeNorAfter() {
        var at = Given.NOON.getEpochSecond();
        var ring = Given.ring(
                Given.secret("old"),
                Given.shared("ended", "\"use\": \"enc\", \"exp\": %d".formatted(at)),
                Given.shared("to come", "\"use\": \"enc\", \"nbf\": %d".formatted(at + 1)));

        assertThat(ring.encrypting(Given.NOON)).map(Key::id).contains("old");
        assertThat(ring.encrypting(Given.NOON.plusSeconds(1))).map(Key::id).contains("to come");
        assertThat(ring.secret("ended")).isPresent();
    }

    @Test
    void aPublicHalfChecksAndDoesNotSign() {
        var ring = Given.ring(Given.ed25519("theirs", Given.PUBLIC));

        assertThat(ring.verifying("theirs")).isPresent();
        assertThat(ring.signing(Given.NOON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no json at all, secret4711 | is no JWK set",
                "{\"keys\": []} | has no keys",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0NDcxMQ\"}]} | has no kid",
                "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"a\", \"k\": \"c2VjcmV0NDcxMQ\"}]} | must say what it is for",
                "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"a\", \"use\": \"enc\", \"k\": \"c2VjcmV0NDcxMQ\"}]} | has 10 bytes; use 32",
                "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"a\", \"use\": \"sig\", \"k\": \"c2VjcmV0NDcxMQ\"}]} | has 10 bytes; use 32",
                "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"a\", \"use\": \"sig\", \"alg\": \"HS512\", \"k\": \"c2VjcmV0NDcxMQ\"}]} | has the alg HS512; use HS256",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"X25519\", \"kid\": \"a\", \"x\": \"c2VjcmV0NDcxMQ\"}]} | is of a kind that is not used",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"kid\": \"a\", \"x\": \"c2VjcmV0NDcxMQ\"}]} | is no Ed25519 key",
            })
    void whatIsWrongIsNamedWithoutTheKey(String json, String wrong) {
        assertThatThrownBy(() -> KeyRing.parse(json, "keys file f"))
                .hasMessageContaining("keys file f")
                .hasMessageContaining(wrong)
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("c2VjcmV0NDcxMQ", "secret4711"));
    }

    @Test
    void noTwoKeysHaveOneName() {
        assertThatThrownBy(() -> Given.ring(Given.secret("a"), Given.hmac("a"))).hasMessageContaining("two keys");
    }

    @Test
    void aRingShowsNamesOnly() {
        var ring = Given.ring(Given.secret("a"), Given.hmac("b"), Given.ed25519("c", Given.PRIVATE));

        assertThat(ring).hasToString("keys a, b, c");
        assertThat(ring.all().toString()).doesNotContain("Spec", "nWGxne");
    }
}
