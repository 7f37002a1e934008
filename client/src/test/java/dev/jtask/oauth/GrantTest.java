package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cli:s3C^ret@idp/t",
                "https://cli:s3C%ret@idp/t",
                "https://cli:s3Cret@idp/t",
                "s3C ret",
                "http://idp/t?s3Cret",
                "https://idp/#s3Cret"
            })
    void aUriThatCannotBeUsedIsNotRepeated(String uri) {
        notShown(() -> OAuthLogin.of(uri, "me", Path.of("secret")));
    }

    @Test
    void aSecretInPlaceOfItsFileIsNotRepeated() {
        notShown(new Secret.InFile(Path.of("s3Cret"))::read);
        notShown(new Secret.InFile(Path.of("/s3Cret/+="))::read);
    }

    private static void notShown(ThrowingCallable reading) {
        assertThatThrownBy(reading).satisfies(e -> {
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("s3C");
        });
    }
}
