package dev.jtask.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    private static final Path CONTENT = Path.of("-----BEGIN PRIVATE KEY-----\nsEcret\n-----END PRIVATE KEY-----");

    @Test
    void contentInPlaceOfAPathIsNotRepeated(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("tls.crt"), "-----BEGIN CERTIFICATE-----");

        notShown(new TlsFiles(CONTENT, null, null)::trust);
        notShown(new TlsFiles(null, CONTENT, file)::identity);
        notShown(new TlsFiles(null, file, CONTENT)::identity);
        notShown(new TlsFiles(null, file, CONTENT)::context);
        notShown(new TlsFiles(null, file, CONTENT)::contexts);
        assertThat(new TlsFiles(CONTENT, CONTENT, CONTENT).toString()).doesNotContain("sEcret");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatThrownBy(new TlsFiles(Path.of("no.crt"), null, null)::trust)
                .hasMessage("cannot read no.crt (NoSuchFileException)");
    }

    private static void notShown(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is its content; give its path")
                .satisfies(e -> {
                    var trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("sEcret");
                });
    }
}
