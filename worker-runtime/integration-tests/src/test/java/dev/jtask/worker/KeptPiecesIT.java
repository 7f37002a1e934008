package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.Piece;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same with results in a real Redis, where others find them by their task's id.
@SuppressWarnings("NullAway.Init")
class KeptPiecesIT extends PiecesIT {

    private RedisNode redis;

    @Override
    String[] backend() throws IOException {
        redis = RedisNode.start();
        return new String[] {"JTASK_RESULT_BACKEND", redis.uri()};
    }

    @Override
    TaskClient client() {
        return TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .publishTimeout(SOON)
                .connect();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void anotherClientReadsThemByIdWhileTheTaskRunsAndLater() {
        var sent = client.send(task("e.gated", 5));
        assertThat(first(sent).value()).isEqualTo(1);
        try (var other = client()) {
            var read = new ArrayList<Integer>();
            other.handle(sent.id(), Integer.class).pieces(Integer.class, SOON).forEach(piece -> {
                read.add(piece.value());
                if (piece.number() == 2) {
                    tasks.gate.countDown();
                }
            });
            assertThat(read).containsExactly(1, 2, 3, 4, 5);
        }
        try (var late = client()) {
            assertThat(late.handle(sent.id(), Integer.class)
                            .pieces(Integer.class, SOON)
                            .map(Piece::value))
                    .isEqualTo(upTo(5));
        }
        assertThat(sent.pieces(Integer.class, SOON).map(Piece::value)).containsExactly(2, 3, 4, 5);
    }

    @Test
    void theyAreBoundedAndGoWithTheResultAndLeaveItAlone() throws IOException {
        var handle = client.send(task("e.count", MANY + 3));
        assertThat(handle.get(LONG).asInt()).isEqualTo(MANY + 3);

        var key = "celery-task-meta-" + handle.id();
        assertThat(redis.ask("XLEN", key + ".pieces")).contains(Integer.toString(MANY));
        assertThat(redis.ask("TTL", key + ".pieces").strip()).matches("8[56]\\d{3}");
        assertThat(redis.ask("GET", key)).contains("\"SUCCESS\"");
    }

    @Test
    void anOutageOfRedisIsWaitedForByTaskAndReader() throws IOException {
        var handle = client.send(task("e.gated", 300));
        assertThat(first(handle).value()).isEqualTo(1);
        redis.ask("CLIENT", "KILL", "TYPE", "normal");
        redis.ask("CLIENT", "KILL", "TYPE", "pubsub");
        tasks.gate.countDown();
        redis.ask("CLIENT", "KILL", "TYPE", "normal");

        assertThat(handle.pieces(Integer.class, SOON).map(Piece::value))
                .isEqualTo(upTo(300).subList(1, 300));
    }
}
