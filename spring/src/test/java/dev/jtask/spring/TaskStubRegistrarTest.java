package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.test.JTaskTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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

    private static ApplicationContextRunner runner(TaskClient client) {
        return new ApplicationContextRunner()
                .withBean(TaskClient.class, () -> client)
                .withInitializer(context -> AutoConfigurationPackages.register(
                        (BeanDefinitionRegistry) context.getBeanFactory(), "org.springframework.samples.jtask"))
                .withConfiguration(AutoConfigurations.of(JtaskAutoConfiguration.class));
    }
}
