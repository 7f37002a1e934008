package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.test.JTaskTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.samples.jtask.Reminders;

@JTaskTest
class TaskStubRegistrarTest {

    @Test
    void aQueueMayBeAPropertys(TaskClient client) {
        runner(client)
                .withPropertyValues("clinic.queue=post")
                .run(context -> assertThat(
                                context.getBean(Reminders.class).remind().toString())
                        .contains("on queue 'post'"));
    }

    @Test
    void aPropertyThatIsMissingIsNamedWithTheInterface(TaskClient client) {
        runner(client)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("the queue of @TaskStub org.springframework.samples.jtask.Reminders")
                        .hasStackTraceContaining("clinic.queue"));
    }

    @Test
    void whatIsFoundAheadOfTimeIsNotLookedForAgain(TaskClient client, @TempDir Path folder) throws Exception {
        var built = new AnnotationConfigApplicationContext();
        inClinic(built);
        built.register(JtaskAutoConfiguration.class);
        var initializer = new AheadOfTime(folder).process(built);

        try (var started = new GenericApplicationContext()) {
            initializer.initialize(started);
            TestPropertyValues.of("clinic.queue=post").applyTo(started);
            started.getBeanFactory().registerSingleton("taskClient", client);
            started.refresh();

            assertThat(started.getBean(Reminders.class).remind().toString()).contains("on queue 'post'");
            assertThat(started.getBeanNamesForType(TaskStubBean.class))
                    .as("also of one that only its package sees")
                    .containsExactlyInAnyOrder(
                            "&" + Reminders.class.getName(), "&org.springframework.samples.jtask.Recalls");
        }
    }

    private static void inClinic(ConfigurableApplicationContext context) {
        AutoConfigurationPackages.register(
                (BeanDefinitionRegistry) context.getBeanFactory(), "org.springframework.samples.jtask");
    }

    private static ApplicationContextRunner runner(TaskClient client) {
        return new ApplicationContextRunner()
                .withBean(TaskClient.class, () -> client)
                .withInitializer(TaskStubRegistrarTest::inClinic)
                .withConfiguration(AutoConfigurations.of(JtaskAutoConfiguration.class));
    }
}
