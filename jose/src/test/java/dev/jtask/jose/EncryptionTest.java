package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.seal.SealException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final List<String> PLACE = List.of("task", "t.pay", "1");
    private static final byte[] PLAIN = "4111-1111".getBytes(StandardCharsets.UTF_8);

    private final Encryption old = of(Given.secret("old"));

    @ParameterizedTest
    @ValueSource(strings = {"A256KW", "dir"})
    void whatWasEncryptedIsRead(String algorithm) throws SealException {
        var encryption = of(Given.shared("a", "\"alg\": \"%s\"".formatted(algorithm)));
        var text = encryption.encrypt(PLAIN, PLACE);

        assertThat(text).doesNotContain("4111").isNotEqualTo(encryption.encrypt(PLAIN, PLACE));
        assertThat(encryption.decrypt(text, PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void theNewestKeyWritesAndTheOldOneStillReads() throws SealException {
        var both = of(Given.secret("old"), Given.secret("new"));

        assertThat(both.decrypt(old.encrypt(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> old.decrypt(both.encrypt(PLAIN, PLACE), PLACE))
                .hasMessage(
                        "task t.pay 1 is encrypted with key 'new', which keys file test does not have; add it there");
    }

    @Test
    void oneTasksArgumentsAreNotAnothers() {
        var text = old.encrypt(PLAIN, PLACE);

        assertThatThrownBy(() -> old.decrypt(text, List.of("task", "t.print", "1")))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("a part of something else");
        assertThatThrownBy(() -> old.decrypt(text, List.of("task", "t.pay 1"))).isInstanceOf(SealException.class);
    }

    @Test
    void whatWasChangedIsNotRead() {
        var text = old.encrypt(PLAIN, PLACE);
        var parts = text.split("\\.", -1);
        parts[3] = parts[3].startsWith("A") ? "B" + parts[3].substring(1) : "A" + parts[3].substring(1);

        assertThatThrownBy(() -> old.decrypt(String.join(".", parts), PLACE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("cannot be decrypted by key 'old'");
    }

    @Test
    void anotherKeyOfThatNameDoesNotRead() {
        var other = of(Given.secret("x").replace("\"x\"", "\"old\""));

        assertThatThrownBy(() -> other.decrypt(old.encrypt(PLAIN, PLACE), PLACE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("the key is another of that kid");
    }

    @Test
    void theKeySaysHowNotTheText() {
        var direct = of(Given.secret("old").replace("\"use\": \"enc\"", "\"alg\": \"dir\""));

        assertThatThrownBy(() -> old.decrypt(direct.encrypt(PLAIN, PLACE), PLACE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("is encrypted by dir with A256GCM, which key 'old'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c.d.e", "....", "{}", "eyJhbGciOiJub25lIn0.."})
    void whatIsNoJweIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> old.decrypt(text, PLACE)).isInstanceOf(SealException.class);
    }

    @Test
    void withoutAKeyNothingIsSentInClear() {
        var none = of(Given.hmac("sig"));

        assertThat(none.isWanted()).isFalse();
        assertThatThrownBy(() -> none.encrypt(PLAIN, PLACE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no key for it now; add one with \"use\": \"enc\"");
    }

    private static Encryption of(String... keys) {
        return new Encryption(Given.keys(keys), Given.at(Given.NOON));
    }
}
