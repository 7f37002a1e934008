package dev.jtask.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// Who runs tasks, where the application wants a worker. Names no type of `jtask-worker`, which needs a newer Java.
@AutoConfiguration(after = JtaskAutoConfiguration.class)
@ConditionalOnYes(value = "jtask.worker.enabled", otherwise = false)
final class WorkerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    WorkerLifecycle jtaskWorker(JtaskProperties jtask, ConfigurableListableBeanFactory beans, Environment environment) {
        WorkerNeeds.check(Runtime.version().feature(), beans.getBeanClassLoader());
        return new WorkerLifecycle(() -> BeanWorker.start(jtask, beans, environment));
    }
}
