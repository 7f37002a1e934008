package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginSettingsTest {

    private static final String URI = "https://login.example/token";

    @Test
    void nothingGivenIsNoLogin() {
        assertThat(settings(null, null, null, null).login(LoginSettingsTest::named))
                .isEmpty();
        assertThat(settings(" ", "", "\n", null).login(LoginSettingsTest::named))
                .isEmpty();
    }

    @Test
    void allThreeAreALogin() {
        assertThat(settings(URI, "shop", "s3Cret", null).login(LoginSettingsTest::named))
                .hasValueSatisfying(login -> assertThat(login).hasToString("client 'shop' of " + URI));
        assertThat(settings(URI, "shop", null, "/run/secret").login(LoginSettingsTest::named))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/t, , ,",
        ", shop, ,",
        ", , s3Cret,",
        ", , , /run/secret",
        "https://h/t, shop, ,",
        "https://h/t, , s3Cret,",
        ", shop, s3Cret,",
        "https://h/t, shop, s3Cret, /run/secret",
    })
    void aPartOfItIsToldWithTheUsersNames(
            @Nullable String uri, @Nullable String id, @Nullable String secret, @Nullable String file) {
        assertThatThrownBy(() -> settings(uri, id, secret, file).login(LoginSettingsTest::named))
                .hasMessageStartingWith(
                        "<token-uri>, <client-id> and <client-secret-file> (or <client-secret>) go together")
                .hasMessageNotContaining("s3Cret");
    }

    @Test
    void whatBelongsToALoginAloneIsAPartOfIt() {
        var audience = new LoginSettings(null, null, null, null, null, "mq", null);
        assertThatThrownBy(() -> audience.login(LoginSettingsTest::named)).hasMessageContaining("go together");
        var ca = new LoginSettings(null, null, null, null, null, null, Path.of("/ca.crt"));
        assertThatThrownBy(() -> ca.login(LoginSettingsTest::named)).hasMessageContaining("go together");
    }

    @Test
    void anAddressThatCannotBeUsedIsToldWithItsNameAndNotRepeated() {
        assertThatThrownBy(() ->
                        settings("http://login/s3Cret", "shop", "s3Cret", null).login(LoginSettingsTest::named))
                .hasMessageStartingWith("<token-uri>: ")
                .hasMessageContaining("in plaintext")
                .hasMessageNotContaining("s3Cret");
    }

    @Test
    void showsNone() {
        assertThat(settings("s3Cret", "s3Cret", "s3Cret", null).toString()).doesNotContain("s3Cret");
    }

    private static String named(String name) {
        return "<" + name + ">";
    }

    private static LoginSettings settings(
            @Nullable String uri, @Nullable String id, @Nullable String secret, @Nullable String file) {
        return new LoginSettings(uri, id, secret, file == null ? null : Path.of(file), null, null, null);
    }
}
