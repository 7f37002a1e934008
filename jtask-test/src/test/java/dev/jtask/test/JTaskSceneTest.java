package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// As somebody uses it whose tests are not JUnit's.
class JTaskSceneTest {

    private static final TaskDefinition TWICE = Lambda.task("texts.twice", String.class, text -> text + text);
    private static final JTaskScene.Options OPTIONS =
            new JTaskScene.Options("texts", Routes.parse(""), JTaskTest.Results.RPC, Duration.ofSeconds(30));

    @Test
    void itsWorkerRunsWhatItsClientSends() {
        try (var scene = JTaskScene.inMemory(List.of(TWICE), OPTIONS)) {
            var twice = scene.jtask().client().send("texts.twice", "oh");

            assertThat(twice.get(Duration.ofSeconds(5)).asText()).isEqualTo("ohoh");
            scene.jtask().assertSent("texts.twice").to("texts").once();
        }
    }

    @Test
    void itTellsWhatHasHappened() {
        try (var scene = JTaskScene.inMemory(List.of(TWICE), OPTIONS)) {
            scene.jtask().client().send("texts.twice", "oh");

            assertThat(scene.story()).hasMessageContaining("texts.twice is due and was not run");
        }
    }

    @Test
    void twoTasksOfOneNameAreRefused() {
        assertThatThrownBy(() -> JTaskScene.inMemory(List.of(TWICE, TWICE), OPTIONS))
                .hasMessageContaining("texts.twice");
    }
}
