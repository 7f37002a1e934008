package dev.jtask.benchmarks.chaos;

import dev.jtask.benchmarks.chaos.task.ChaosTasks;
import dev.jtask.benchmarks.chaos.task.Ledger;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The workers: half of them send results back, half keep them.
final class Fleet implements AutoCloseable {

    private final List<Hand> hands;
    private final Queues queues;

    private Fleet(List<Hand> hands, Queues queues) {
        this.hands = hands;
        this.queues = queues;
    }

    static Fleet start(Options options, RabbitMqNode broker, RedisNode redis) throws IOException {
        var jar = TaskJar.write(options.folder().resolve("chaos-tasks.jar"), ChaosTasks.class, Ledger.class);
        var hands = new ArrayList<Hand>();
        for (int number = 0; number < Options.WORKERS; number++) {
            var relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broker.amqpPort());
            hands.add(Hand.start(
                    number,
                    options.folder(),
                    List.of(
                            options.home()
                                    .resolve("worker-runtime/bin/jtask-worker")
                                    .toString(),
                            jar.toString()),
                    environment(options.queues(), number, redis, relay),
                    relay));
        }
        return new Fleet(List.copyOf(hands), options.queues());
    }

    private static Map<String, String> environment(Queues queues, int number, RedisNode redis, Relay relay) {
        return Map.of(
                "JTASK_BROKER_URI",
                "amqp://guest:guest@127.0.0.1:" + relay.port(),
                "JTASK_QUEUES",
                String.join(",", queuesOf(queues, number)),
                "JTASK_RESULT_BACKEND",
                keeps(number) ? redis.uri() : "rpc://",
                "JTASK_CONCURRENCY",
                "8",
                "JTASK_DRAIN_TIMEOUT",
                Hand.DRAIN.toSeconds() + "s",
                "JTASK_NODE_NAME",
                "chaos%d@here".formatted(number),
                "JTASK_HTTP_PORT",
                "0");
    }

    List<Hand> hands() {
        return hands;
    }

    List<String> queuesOf(Hand hand) {
        return queuesOf(queues, hand.number());
    }

    private static List<String> queuesOf(Queues queues, int number) {
        return keeps(number) ? queues.keeping() : queues.answering();
    }

    private static boolean keeps(int number) {
        return number % 2 == 1;
    }

    @Override
    public void close() throws IOException {
        for (var hand : hands) {
            hand.close();
        }
    }
}
