package dev.jtask.benchmarks.chaos;

import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What somebody will want to see who looks for the cause: the threads of all workers, and what the broker has.
final class Evidence {

    private final Path file;
    private final Fleet fleet;
    private final RabbitMqNode broker;

    Evidence(Path folder, Fleet fleet, RabbitMqNode broker) {
        this.file = folder.resolve("broker.txt");
        this.fleet = fleet;
        this.broker = broker;
    }

    /// Adds what there is now: threads to the workers' logs, queues and connections to `broker.txt`.
    void keep() {
        try {
            for (var hand : fleet.hands()) {
                hand.signal("QUIT");
            }
            Files.writeString(
                    file,
                    broker.ctl("list_queues", "name", "type", "messages_ready", "messages_unacknowledged", "state")
                            + broker.ctl("list_connections", "user_provided_name", "state", "channels")
                            + broker.shell().eval("rabbit_alarm:get_alarms()"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException e) {
            System.err.println("chaos: no evidence is kept: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
