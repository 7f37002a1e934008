package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.WorkerCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class BeanWorkerTest {

    static class Tasks {
        @Task("tasks.nop")
        public void nop() {}
    }

    static class Reports {
        @Task("reports.nightly")
        @TaskSchedule(cron = "0 3 * * *")
        public void nightly() {}
    }

    static class Needing {
        @Task("needing.run")
        @TaskSchedule(every = "1h")
        public void run(String to) {}
    }

    static class Mails {
        @Task(value = "mails.send", queue = "${mails.queue}")
        public void send() {}
    }

    @Test
    void aQueueWhosePropertyIsNotSetIsNamedWithItsTask() {
        try (var context = new AnnotationConfigApplicationContext(Mails.class)) {
            assertThatThrownBy(() -> BeanWorker.start(jtask(), context.getBeanFactory(), named("shop")))
                    .isInstanceOf(JtaskStartException.class)
                    .hasMessageContaining("the queue of task 'mails.send'")
                    .hasMessageContaining("'mails.queue'");
        }
    }

    @Test
    void theFilesOfTlsAreForTheResultBackendAsWell() {
        assertThatThrownBy(() -> start("jtask.result-backend", "rediss://r", "jtask.tls.ca", "/etc/ca.crt"))
                .hasMessageContaining("asked with /etc/ca.crt");
        assertThatThrownBy(() -> start(
                        "jtask.broker-uri",
                        "amqps://h",
                        "jtask.result-backend",
                        "rediss://r",
                        "jtask.tls.ca",
                        "/etc/ca.crt"))
                .hasMessageContaining("asked with /etc/ca.crt");
    }

    @Test
    void filesThatNobodyWouldUseAreRefused() {
        assertThatThrownBy(() -> start("jtask.broker-uri", "amqp://h", "jtask.tls.ca", "/etc/ca.crt"))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("write amqps://");
    }

    @Test
    void whatIsWrongWithAGuardIsToldAtTheStart() {
        assertThatThrownBy(() -> start("jtask.worker.signatures-max-age", "0s"))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("must be above zero");
        assertThatThrownBy(() -> start("jtask.worker.redact", "("))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("redact is no regular expression");
    }

    @Test
    void aCustomizersSchedulesJoinThoseOfTheBeans() {
        try (var context = new AnnotationConfigApplicationContext()) {
            var meters = new SimpleMeterRegistry();
            context.registerBean(MeterRegistry.class, () -> meters);
            context.register(Reports.class);
            context.registerBean(
                    WorkerCustomizer.class,
                    () -> worker -> worker.schedules(
                            "shop", Schedule.every("beat", Duration.ofHours(1), TaskRequest.of("tasks.beat"))));
            context.refresh();
            // nobody listens there
            var worker = BeanWorker.start(
                    jtask("jtask.broker-uri", "amqp://127.0.0.1:1/", "jtask.worker.drain-timeout", "0s"),
                    context.getBeanFactory(),
                    named("shop"));
            try {
                assertThat(meters.getMeters())
                        .extracting(meter -> meter.getId().getTag("schedule"))
                        .contains("reports.nightly", "beat");
            } finally {
                worker.stop();
            }
        }
    }

    @Test
    void aCustomizersSchedulesOfAnotherNameAreAnError() {
        try (var context = new AnnotationConfigApplicationContext(Reports.class)) {
            context.getBeanFactory().registerSingleton("other", (WorkerCustomizer) worker -> worker.schedules(
                    "other", Schedule.every("beat", Duration.ofHours(1), TaskRequest.of("tasks.beat"))));

            assertThatThrownBy(() -> BeanWorker.start(jtask(), context.getBeanFactory(), named("shop")))
                    .isInstanceOf(JtaskStartException.class)
                    .hasMessageContaining("scheduler is already named 'shop'");
        }
    }

    @Test
    void aScheduledTaskThatNeedsArgumentsIsAnError() {
        try (var context = new AnnotationConfigApplicationContext(Needing.class)) {
            assertThatThrownBy(() -> BeanWorker.start(jtask(), context.getBeanFactory(), named("shop")))
                    .isInstanceOf(JtaskStartException.class)
                    .hasMessageContaining("schedule 'needing.run'")
                    .hasMessageContaining("missing argument 'to'");
        }
    }

    @Test
    void aScheduleNeedsTheApplicationsName() {
        try (var context = new AnnotationConfigApplicationContext(Reports.class)) {
            for (var environment : List.of(context.getEnvironment(), named(" "))) {
                assertThatThrownBy(() -> BeanWorker.start(jtask(), context.getBeanFactory(), environment))
                        .isInstanceOf(JtaskStartException.class)
                        .hasMessageContaining("@TaskSchedule needs spring.application.name");
            }
        }
    }

    @Test
    void aLoginByTokenIsForTheWorkerAsWell() {
        assertThatThrownBy(() -> start(
                        "jtask.broker-uri",
                        "amqp://me:hunter2@h",
                        "jtask.oauth.token-uri",
                        "https://login.example/token",
                        "jtask.oauth.client-id",
                        "shop",
                        "jtask.oauth.client-secret",
                        "hunter2"))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("there is an OAuth login")
                .hasMessageNotContaining("hunter2");
    }

    private static void start(String... properties) {
        try (var context = new AnnotationConfigApplicationContext(Tasks.class)) {
            BeanWorker.start(jtask(properties), context.getBeanFactory(), context.getEnvironment());
        }
    }

    private static JtaskProperties jtask(String... properties) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < properties.length; i += 2) {
            given.put(properties[i], properties[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("jtask", JtaskProperties.class);
    }

    private static Environment named(String application) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("spring.application.name", application)));
        return environment;
    }
}
