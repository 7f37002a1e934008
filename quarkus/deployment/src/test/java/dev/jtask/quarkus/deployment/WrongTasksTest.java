package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.jtask.client.TaskStub;
import dev.jtask.task.Task;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is wrong with a task or a stub ends the build, with its place.
class WrongTasksTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Hidden.class, Wrong.class))
            .overrideConfigKey("jtask.devservices.enabled", "false")
            .assertException(thrown -> assertThat(thrown)
                    .hasStackTraceContaining(
                            "task 'hidden.run' (%s.run): make the method public".formatted(Hidden.class.getName()))
                    .hasStackTraceContaining("%s.run names no task".formatted(Wrong.class.getName())));

    @Test
    void isToldByTheBuild() {
        fail("the build should have failed");
    }

    static class Hidden {
        @Task("hidden.run")
        void run() {}
    }

    @TaskStub
    interface Wrong {
        void run();
    }
}
