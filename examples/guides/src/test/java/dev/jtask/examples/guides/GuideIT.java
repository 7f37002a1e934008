package dev.jtask.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.examples.guides.Guide.Step;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each guide, followed to the letter from an empty folder.
@RabbitMqTest
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class GuideIT {

    private final RabbitMqNode node;

    @TempDir
    private Path machine = Path.of("");

    GuideIT(RabbitMqNode node) {
        this.node = node;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-java", "spring-boot", "quarkus"})
    void whoFollowsItHasAResult(String guide) throws IOException {
        var steps = Guide.steps(Reader.CHECKOUT.resolve("docs").resolve(guide + ".md"));
        assertThat(steps).filteredOn(Step.Write.class::isInstance).hasSizeGreaterThanOrEqualTo(5);
        assertThat(steps)
                .last()
                .satisfies(step -> assertThat(step.toString()).contains("Ada", "says=[\\QWelcome, Ada!\\E]"));

        follow(guide, steps);
    }

    @Test
    void whoMovesATaskFromCeleryHasBothLanguagesInOneChain() throws IOException {
        var steps = Guide.steps(Reader.CHECKOUT.resolve("docs").resolve("moving-from-celery.md"));
        assertThat(steps)
                .extracting(Step::toString)
                .anySatisfy(step -> assertThat(step).contains("says=[\\QPython made cat.png 80 wide\\E]"))
                .anySatisfy(step -> assertThat(step).contains("says=[\\QJava made cat.png 80 wide\\E]"))
                .anySatisfy(step -> assertThat(step).contains("says=[\\Q[Java made cat.png 80 wide]\\E]"));

        follow("moving-from-celery", steps);
    }

    private void follow(String guide, List<Step> steps) throws IOException {
        long begun = System.nanoTime();
        try (var reader = new Reader(machine, node, FreePorts.take(1).getFirst())) {
            reader.follow(steps);
            System.out.printf(
                    Locale.ROOT,
                    "guide: %s first result after %.1f s (from an empty folder)%n",
                    guide,
                    (System.nanoTime() - begun) / 1e9);
        }
    }
}
