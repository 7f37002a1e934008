package dev.jtask.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {

    @TempDir
    Path one = Path.of("");

    @TempDir
    Path other = Path.of("");

    @Test
    void twoBuildsThatAreOneHaveNone() {
        Repository.in(one);
        Repository.in(other);

        assertThat(new Differences(one, other).lines()).isEmpty();
    }

    @Test
    void namesTheJarAndWhatDiffersInIt() {
        Repository.in(one);
        Repository.in(other).jar("jtask-client", ".jar", "built-at-noon");

        assertThat(new Differences(one, other).lines())
                .containsExactly("dev/jtask/jtask-client/1.2/jtask-client-1.2.jar: not the same in both builds"
                        + ": META-INF/MANIFEST.MF, built-at-noon");
    }

    @Test
    void namesWhatOnlyOneMade() {
        Repository.in(one);
        Repository.in(other).remove("jtask-client", "-javadoc.jar");

        assertThat(new Differences(one, other).lines())
                .containsExactly("dev/jtask/jtask-client/1.2/jtask-client-1.2-javadoc.jar: only one build made it");
    }
}
