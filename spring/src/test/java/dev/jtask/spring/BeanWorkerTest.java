package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class BeanWorkerTest {

    static class Tasks {
        @Task("tasks.nop")
        public void nop() {}
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

    private static void start(String... properties) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < properties.length; i += 2) {
            given.put(properties[i], properties[i + 1]);
        }
        var jtask = new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("jtask", JtaskProperties.class);
        try (var context = new AnnotationConfigApplicationContext(Tasks.class)) {
            BeanWorker.start(jtask, context.getBeanFactory(), context.getEnvironment());
        }
    }
}
