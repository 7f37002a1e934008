package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.samples.jtask.Clinic;

class TaskBeanTest {

    static class Tasks {
        @Task("tasks.nop")
        public void nop() {}
    }

    static class TimedOnly {
        @TaskSchedule(cron = "0 3 * * *")
        public void nightly() {}
    }

    static class Neither {
        public void nop() {}
    }

    @Test
    void findsEveryBeanThatSaysSomethingOfTasks() {
        try (var context = new AnnotationConfigApplicationContext(Tasks.class, TimedOnly.class, Neither.class)) {
            assertThat(TaskBean.in(context.getBeanFactory()).stream().map(TaskBean::target))
                    .containsExactly(Tasks.class, TimedOnly.class);
        }
    }

    @Test
    void aComponentBelowSpringsPackageIsItsAuthorsOwn() {
        try (var context = new AnnotationConfigApplicationContext(Clinic.class)) {
            assertThat(TaskBean.in(context.getBeanFactory()).stream().map(TaskBean::target))
                    .containsExactly(Clinic.class);
        }
    }

    @Test
    void aScheduleWithoutItsTaskIsAnErrorThatNamesTheMethod() {
        var jtask =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("jtask", JtaskProperties.class);
        try (var context = new AnnotationConfigApplicationContext(Tasks.class, TimedOnly.class)) {
            assertThatThrownBy(() -> BeanWorker.start(jtask, context.getBeanFactory(), new StandardEnvironment()))
                    .isInstanceOf(JtaskStartException.class)
                    .hasMessageContaining("TaskBeanTest$TimedOnly.nightly: needs @Task too");
        }
    }
}
