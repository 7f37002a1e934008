package dev.jtask.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Both workers side by side, called from Python.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropIT {

    private RabbitMqNode node;
    private Worker java;
    private Process python;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        java = Worker.builder()
                .broker(broker.amqpUri())
                .nodeName("java@interop")
                .routes("p.*=py")
                .tasks(new Arithmetic())
                .tasks(new Trouble())
                .tasks(new Waiting())
                .start();
        python = python("./run-python-worker");
        Awaitility.await("both workers answer")
                .atMost(Duration.ofSeconds(60))
                .until(() -> run("/usr/bin/python3", "-m", "celery", "-A", "twin", "status")
                        .contains("2 nodes online"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        java.close();
        python.destroy();
        if (!python.waitFor(20, TimeUnit.SECONDS)) {
            python.destroyForcibly();
        }
    }

    @Test
    void everyTaskAnswersAsItsTwinDoes() throws Exception {
        for (var language : List.of("t", "p")) {
            assertThat(evaluate("send('%s.add', 4, 6)".formatted(language))).isEqualTo("10");
            assertThat(evaluate("send('%s.add', 0.5, 6)".formatted(language))).isEqualTo("6.5");
            assertThat(evaluate("send('%s.echo', {'a': [1, None, 'ü']})".formatted(language)))
                    .isEqualTo("{'a': [1, None, 'ü']}");
            assertThat(evaluate("send('%s.tsum', [1, 2, 3])".formatted(language)))
                    .isEqualTo("6");
            assertThat(evaluate("len(send('%s.big', 100000))".formatted(language)))
                    .isEqualTo("100000");
            assertThat(evaluate("send('%s.retry', 2)".formatted(language))).isEqualTo("2");
            assertThat(evaluate("app.send_task('%s.kw', (1,), {'b': 2}).get(timeout=20)".formatted(language)))
                    .contains("'a': 1", "'b': 2");
            assertThat(evaluate("send('%s.progress')".formatted(language))).isEqualTo("done");
        }
    }

    @Test
    void workFlowsCrossTheLanguages() throws Exception {
        assertThat(evaluate("chain(sig('t.add', 1, 2), sig('p.add', 10), sig('t.add', 100))().get(timeout=20)"))
                .isEqualTo("113");
        assertThat(evaluate("chain(sig('p.add', 1, 2), sig('t.add', 10))().get(timeout=20)"))
                .isEqualTo("13");
    }

    @Test
    void whatATaskSendsAcrossGoesByARoute() throws Exception {
        evaluate("send('t.across', 'over there')");

        Awaitility.await("the Python worker has run it")
                .atMost(Duration.ofSeconds(60))
                .until(() -> evaluate("send('t.errlogged')").contains("over there"));
    }

    @Test
    void aFailureOfEitherIsAnExceptionOfPython() throws Exception {
        assertThat(evaluate("caught('t.fail', 'boom')")).isEqualTo("IllegalStateException boom");
        assertThat(evaluate("caught('p.fail', 'boom')")).isEqualTo("ValueError boom");
    }

    private String evaluate(String expression) throws IOException, InterruptedException {
        var program = """
                from twin import app
                from celery import chain
                def send(name, *args): return app.send_task(name, args).get(timeout=20)
                def sig(name, *args): return app.signature(name, args)
                def caught(name, *args):
                    try:
                        send(name, *args)
                    except Exception as e:
                        return type(e).__name__ + ' ' + str(e)
                print(%s)
                """.formatted(expression);
        return run("/usr/bin/python3", "-c", program).strip();
    }

    private String run(String... command) throws IOException, InterruptedException {
        var process = python(command);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }

    private Process python(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JTASK_BROKER_URI", node.amqpUri());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder.start();
    }
}
