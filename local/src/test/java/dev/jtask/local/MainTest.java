package dev.jtask.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.system.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final PrintStream realErrors = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    Path empty;

    @BeforeEach
    void catchErrors() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveErrorsBack() {
        System.setErr(realErrors);
    }

    @Test
    void saysWhichCommandsThereAre() {
        assertThat(Main.run(List.of("fly", "away"), Checkout.at(empty), 0)).isEqualTo(1);
        assertThat(errors()).contains("unknown command 'fly away'", "jtask-local demo", "jtask-local up");
    }

    @Test
    void saysWhatIsWrongWithTheUsersTasks() {
        for (var wrong : List.of("shop", "=a.jar", "Shop=a.jar", "shop=")) {
            assertThat(Main.run(List.of("up", "--tasks", wrong), Checkout.at(empty), 0))
                    .isEqualTo(1);
        }
        assertThat(errors()).contains("--tasks takes NAME=JAR[,JAR…]", "'Shop=a.jar' is not that");
        assertThat(Main.run(List.of("up", "--tasks", "shop=" + empty.resolve("no.jar")), Checkout.at(empty), 0))
                .isEqualTo(1);
        assertThat(errors()).contains("no.jar is not there; build it first");
    }

    @Test
    void saysWhatIsNotBuilt() {
        assertThat(Main.run(List.of("up"), Checkout.at(empty), 0)).isEqualTo(1);
        assertThat(errors()).contains("is missing; run 'make build' in " + empty);
    }

    @Test
    void refusesToShareItsFolder() throws Exception {
        var checkout = Checkout.at(empty);
        try (var _ = FolderLock.of(checkout.folder())) {
            assertThat(Main.run(List.of("up"), checkout, 0)).isEqualTo(1);
        }
        assertThat(errors()).contains("another jtask-local runs in this checkout; end it first");
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
