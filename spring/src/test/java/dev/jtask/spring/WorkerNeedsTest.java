package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class WorkerNeedsTest {

    private static final ClassLoader HERE = WorkerNeedsTest.class.getClassLoader();

    @Test
    void anOlderJavaIsToldInOneSentence() {
        assertThatThrownBy(() -> WorkerNeeds.check(21, HERE))
                .hasMessageContaining("a worker needs Java 25; this is Java 21")
                .hasMessageContaining("let it send only");
    }

    @Test
    void aWorkerThatIsNotOnTheClassPathIsNamed() {
        var bare = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());

        assertThatThrownBy(() -> WorkerNeeds.check(25, bare))
                .hasMessageContaining("Add the dependency dev.jtask:jtask-worker");
    }

    @Test
    void withBothItStarts() {
        assertThatCode(() -> WorkerNeeds.check(25, HERE)).doesNotThrowAnyException();
    }
}
