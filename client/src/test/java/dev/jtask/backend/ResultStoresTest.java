package dev.jtask.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStoresTest {

    @ParameterizedTest
    @ValueSource(strings = {"fake://here", "FAKE://here", " fake://here\n"})
    void findsAStoreByItsScheme(String uri) {
        try (var store = ResultStores.open(uri)) {
            assertThat(store).hasToString(FakeStore.NAME);
        }
    }

    @Test
    void findsAStoreFromAThreadWhoseClassLoaderSeesNone() throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var blind = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(blind);

            assertThat(ResultStores.open("fake://here")).hasToString(FakeStore.NAME);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void namesTheArtifactThatIsMissing() {
        assertThatThrownBy(() -> ResultStores.open("rediss://app:hunter2@shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("results from rediss:// need the artifact dev.jtask:jtask-redis on the class path; add it");
    }

    @Test
    void namesWhatThereIsForASchemeThatNobodyKnows() {
        assertThatThrownBy(() -> ResultStores.open("db+sqlite://x:hunter2@y"))
                .hasMessageContaining("'db+sqlite://…' is not known")
                .hasMessageContaining("redis://")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "hunter2:x@redis://host", "redis:hunter2@host", "//hunter2@host"})
    void showsNothingOfATextThatIsNoUri(String text) {
        assertThatThrownBy(() -> ResultStores.open(text))
                .hasMessage("the result backend is no URI; use redis://host:6379/0");
    }

    @Test
    void leavesTheRestOfTheUriToTheStore() {
        assertThatThrownBy(() -> ResultStores.open("fake://wrong")).hasMessage("result backend fake://… is wrong");
    }
}
