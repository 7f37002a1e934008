package dev.jtask.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nsEcret\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- sEcret",
                "# mine\r\nsEcret",
                "{\"keys\":[{\"k\":\"sEcret\"}]}",
                " {\"k\":\"sEcret/sEcret\"}",
                "[\"sEcret\"]"
            })
    void contentIsNotRepeated(String content) {
        assertThatThrownBy(() -> FileName.of(Path.of(content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("what is given as a file is its content; give its path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/jtask/keys.json", "ca.crt", "../BEGIN/a {b}.pem", "--begin"})
    void aPathIs(String path) {
        assertThat(FileName.of(Path.of(path))).isEqualTo(path);
    }

    @Test
    void aWordIsShownWhereItsFolderIsThere(@TempDir Path folder) {
        var file = folder.resolve("secret");
        assertThat(FileName.ofSecret(file)).isEqualTo(file.toString());
        for (var word : new String[] {"sEcret", "/sEcret", "sEcret/+="}) {
            assertThat(FileName.ofSecret(Path.of(word))).doesNotContain("sEcret");
        }
    }
}
