package dev.jtask.spring;

import dev.jtask.client.TaskClient;
import dev.jtask.test.JTask;
import dev.jtask.test.JTaskScene;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// The worker and the client of a [JTaskSliceTest], which nobody else imports.
@AutoConfiguration(before = JtaskAutoConfiguration.class)
final class SliceAutoConfiguration {

    @Bean
    JTaskScene jtaskScene(
            Slice slice, JtaskProperties jtask, ConfigurableListableBeanFactory beans, Environment environment) {
        var found = TaskBean.in(beans);
        var tasks = found.stream()
                .map(SliceAutoConfiguration::tasks)
                .flatMap(List::stream)
                .map(task -> task.resolved(environment::resolveRequiredPlaceholders))
                .toList();
        var scene = JTaskScene.inMemory(tasks, slice.options(jtask.queue(), routes(jtask)));
        found.forEach(bean -> Timed.of(bean.target(), environment::resolveRequiredPlaceholders)
                .forEach(scene.jtask()::schedule));
        return scene;
    }

    @Bean
    JTask jtaskOfTest(JTaskScene scene) {
        return scene.jtask();
    }

    /// Closed with the scene.
    @Bean(destroyMethod = "")
    TaskClient taskClient(JTask jtask) {
        return jtask.client();
    }

    private static Routes routes(JtaskProperties jtask) {
        try {
            return Routes.parse(jtask.worker().routes());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("jtask.worker.routes: " + e.getMessage(), e);
        }
    }

    private static <T> List<TaskDefinition> tasks(TaskBean<T> bean) {
        return TaskClasses.of(bean.type(), bean::instance);
    }
}
