package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Work flows that Python's client builds and a Java worker runs.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanvasIT {

    private static final String QUEUE = "canvas";
    private static final String RPC_QUEUE = "canvas-rpc";

    private final CanvasTasks tasks = new CanvasTasks();
    private RabbitMqNode node;
    private RedisNode redis;
    private WorkerProgram worker;
    private WorkerProgram rpcWorker;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        redis = RedisNode.start();
        worker = Workers.start(
                broker, tasks, QUEUE, "JTASK_RESULT_BACKEND", redis.uri(), "JTASK_RESULT_EXTENDED", "true");
        rpcWorker = Workers.start(broker, tasks, RPC_QUEUE);
    }

    @AfterAll
    void stop() {
        worker.close();
        rpcWorker.close();
        redis.close();
    }

    @Test
    void runsAChain() throws Exception {
        assertThat(python("print(chain(add.s(1, 2), add.s(3), add.s(4))().get(timeout=60))"))
                .isEqualTo("10");
    }

    /// Celery's `result_extended`.
    @Test
    void aKeptResultTellsOfItsTask() throws Exception {
        assertThat(python("""
                r = add.delay(1, y=2)
                r.get(timeout=60)
                a = app.AsyncResult(r.id)
                print(a.name, a.args, a.kwargs, '@' in a.worker, a.retries, a.queue)
                """)).isEqualTo("t.add [1] {'y': 2} True 0 canvas");
    }

    @Test
    void runsAChainOverRpc() throws Exception {
        assertThat(pythonRpc("print(chain(add.s(1, 2), add.s(3), add.s(4))().get(timeout=60))"))
                .isEqualTo("10");
    }

    @Test
    void runsAGroup() throws Exception {
        assertThat(python("print(group(add.s(i, i) for i in range(5))().get(timeout=60))"))
                .isEqualTo("[0, 2, 4, 6, 8]");
    }

    @Test
    void runsAChord() throws Exception {
        assertThat(python("print(chord([add.s(i, i) for i in range(10)], total.s())().get(timeout=60))"))
                .isEqualTo("90");
    }

    @Test
    void runsAGroupInTheMiddleOfAChain() throws Exception {
        assertThat(
                        python(
                                "print(chain(add.s(1, 1), group(add.s(10), add.s(20)), total.s(), add.s(100))().get(timeout=60))"))
                .isEqualTo("134");
    }

    @Test
    void runsChordsWithFlowsInTheirHeaders() throws Exception {
        assertThat(
                        python(
                                "print(sorted(chord([group(add.si(1, 0), add.si(2, 0)), add.si(3, 0)], log.s())().get(timeout=60)))"))
                .isEqualTo("[1, 2, 3]");
        assertThat(
                        python(
                                "print(chord([chord([add.si(1, 1), add.si(2, 2)], total.s()), add.si(100, 0)], log.s())().get(timeout=60))"))
                .isEqualTo("[6, 100]");
        assertThat(
                        python(
                                "print(chord([chain(add.si(1, 1), group(add.s(10), add.s(20))), add.si(3, 0)], log.s())().get(timeout=60))"))
                .isEqualTo("[[12, 22], 3]");
    }

    @Test
    void runsAChordInAChain() throws Exception {
        assertThat(
                        python(
                                "print(chain(add.si(1, 1), chord([add.s(10), add.s(20)], total.s()), add.s(1000))().get(timeout=60))"))
                .isEqualTo("1034");
        assertThat(python("print(chain(add.si(1, 1), chord([], log.s()), log.s())().get(timeout=60))"))
                .isEqualTo("[]");
    }

    @Test
    void callsTheErrorLinksOfABodyThatWillNotRun() throws Exception {
        tasks.logged.clear();
        python("""
                chord([add.si(1, 1), fail.si('boom')], total.s().on_error(log.si('no sum')))()
                """);
        assertThat(tasks.logged.poll(60, TimeUnit.SECONDS)).isEqualTo("no sum");
    }

    @Test
    void tellsThatAChordWillNotRun() throws Exception {
        assertThat(python("""
                e = chord([add.s(1, 1), fail.s('boom')], total.s())().get(timeout=60, propagate=False)
                print(type(e).__name__, 'boom' in str(e))
                """)).isEqualTo("ChordError True");
    }

    @Test
    void tellsEveryoneWhoWaitsForTheRestOfAChain() throws Exception {
        assertThat(python("""
                try:
                    chain(fail.s('boom'), log.s(), log.s())().get(timeout=60)
                except Exception as e:
                    print(type(e).__name__)
                """)).isEqualTo("IllegalStateException");
    }

    @Test
    void tellsEveryoneOfAResultThatNobodyReads() throws Exception {
        var flows = """
                for flow in [power.s(16325), chain(power.s(16325), log.s(), log.s())]:
                    try:
                        flow.delay().get(timeout=60)
                    except Exception as e:
                        print(type(e).__name__, 'more than 10000 digits' in str(e))
                """;
        assertThat(python(flows)).isEqualTo("EncodeError True\nEncodeError True");
        assertThat(pythonRpc(flows)).isEqualTo("EncodeError True\nEncodeError True");
    }

    @Test
    void tellsOfAResultThatRedisNeverTakesAndOfAllOthers() throws Exception {
        redis.ask("CONFIG", "SET", "proto-max-bulk-len", "1mb");
        try {
            assertThat(python("""
                    large = text.delay(2_000_000)
                    others = [add.delay(i, 1) for i in range(50)]
                    print(sum(other.get(timeout=60) for other in others))
                    try:
                        large.get(timeout=60)
                    except Exception as e:
                        print(type(e).__name__, 'refuses' in str(e) or 'ends the connection' in str(e))
                    """)).isEqualTo("1275\nOperationalError True");
        } finally {
            redis.ask("CONFIG", "SET", "proto-max-bulk-len", "512mb");
        }
    }

    @Test
    void callsLinksAndErrorLinks() throws Exception {
        tasks.logged.clear();
        python("print(add.apply_async((1, 2), link=log.s()).get(timeout=60))");
        assertThat(tasks.logged.poll(60, TimeUnit.SECONDS)).isEqualTo(3);
        var id = python("""
                r = fail.apply_async(('boom',), link_error=log.s())
                print(r.id)
                """);
        assertThat(tasks.logged.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
    }

    /// The broker is asked for each of these queues first, and the answer must not be waited for where it arrives.
    @Test
    void callsErrorLinksInQueuesThatTheWorkerNeverUsedOverRpc() throws Exception {
        int before = tasks.failed.get();
        assertThat(pythonRpc("""
                failing = [fail.apply_async(('boom',), link_error=log.s().set(queue='canvas-fresh-%d' % i))
                    for i in range(8)]
                print(sum('boom' in str(each.get(timeout=60, propagate=False)) for each in failing))
                print(add.delay(1, 2).get(timeout=60))
                """)).isEqualTo("8\n3");
        try (var raw = new RawMessages(node)) {
            for (int i = 0; i < 8; i++) {
                assertThat(raw.take("canvas-fresh-" + i).properties().headers()).containsEntry("task", "t.log");
            }
        }
        assertThat(tasks.failed).hasValue(before + 8);
        assertThat(Workers.sum(rpcWorker, "jtask_worker_redeliveries_total")).isZero();
    }

    @Test
    void runsMapStarmapAndChunks() throws Exception {
        assertThat(python("print(total.map([[1, 2], [3, 4]]).apply_async(queue=Q).get(timeout=60))"))
                .isEqualTo("[3, 7]");
        assertThat(python("print(add.starmap([(1, 2), (3, 4)]).apply_async(queue=Q).get(timeout=60))"))
                .isEqualTo("[3, 7]");
        assertThat(python("print(add.chunks([(i, i) for i in range(4)], 2).apply_async(queue=Q).get(timeout=60))"))
                .isEqualTo("[[0, 2], [4, 6]]");
    }

    @Test
    void joinsTheChordOfABackendThatDoesNotCount() throws Exception {
        assertThat(python(unlocking("add.apply_async((3, 4), task_id=parts[1], countdown=1.5)")))
                .isEqualTo("10");
        assertThat(python(unlocking("fail.apply_async(('boom',), task_id=parts[1])")))
                .startsWith("ChordError(")
                .contains("boom");
    }

    @Test
    void refusesToJoinAChordWhoseResultsItCannotRead() throws Exception {
        assertThat(pythonRpc("""
                r = app.send_task('celery.chord_unlock', ('g', total.s()), {'result': []}, ignore_result=False)
                print(repr(r.get(timeout=60, propagate=False)))
                """)).contains("JTASK_RESULT_BACKEND");
    }

    /// The message that Celery sends for such a chord, with a second part that ends after it was sent.
    private static String unlocking(String second) {
        return """
                from celery.utils import uuid
                parts = [uuid(), uuid()]
                body = total.s().set(task_id=uuid(), queue=Q)
                add.apply_async((1, 2), task_id=parts[0]).get(timeout=60)
                app.send_task('celery.chord_unlock', ('g', body),
                    {'result': [[[part, None], None] for part in parts], 'interval': 1})
                %s
                print(repr(app.AsyncResult(body.id).get(timeout=60, propagate=False)))
                """.formatted(second);
    }

    @Test
    void refusesAChordThatItsBackendCannotCount() throws Exception {
        var output = pythonRpc("""
                body = total.s().set(task_id='body-1')
                r = add.apply_async((1, 2), link=chord([add.s(1)], body))
                try:
                    print(r.get(timeout=60))
                except Exception as e:
                    print('redis' in str(e))
                """);
        assertThat(output).isEqualTo("True");
    }

    private String python(String code) throws Exception {
        return run(code, redis.uri(), QUEUE);
    }

    private String pythonRpc(String code) throws Exception {
        return run(code, "rpc://", RPC_QUEUE);
    }

    private String run(String code, String backend, String queue) throws Exception {
        var program = """
                from celery import Celery, chain, group, chord
                Q = '%s'
                app = Celery(broker='%s', backend='%s')
                app.conf.task_default_queue = Q
                @app.task(name='t.add')
                def add(x, y): pass
                @app.task(name='t.sum')
                def total(values): pass
                @app.task(name='t.power')
                def power(exponent): pass
                @app.task(name='t.text')
                def text(length): pass
                @app.task(name='t.log')
                def log(value): pass
                @app.task(name='t.fail')
                def fail(message): pass
                """.formatted(queue, node.amqpUri(), backend) + code;
        var process = new ProcessBuilder(List.of("/usr/bin/python3", "-c", program))
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output.strip();
    }
}
