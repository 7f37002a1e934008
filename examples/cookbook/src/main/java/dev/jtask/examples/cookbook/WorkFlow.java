package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Prices of three shops, asked for side by side; and an offer in three steps, of which each takes the result of
/// the one before.
public final class WorkFlow {

    /// What workers do for an offer.
    public static final class Prices {

        @Task("prices.ask")
        public int ask(String shop) {
            return 10 * shop.length();
        }

        @Task("prices.tax")
        public double tax(double net, double rate) {
            return net * (1 + rate);
        }

        @Task("prices.label")
        public String label(double price) {
            return String.format(Locale.ROOT, "%.2f EUR", price);
        }
    }

    private WorkFlow() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("prices")
                        .tasks(new Prices())
                        .start();
                var client = TaskClient.builder(broker).queue("prices").connect()) {
            var asked = Group.of(List.of(
                    TaskRequest.of("prices.ask", "one").returning(Integer.class),
                    TaskRequest.of("prices.ask", "three").returning(Integer.class),
                    TaskRequest.of("prices.ask", "eleven").returning(Integer.class)));
            var prices = client.send(asked).get(Duration.ofMinutes(1));
            var offer = Chain.of(TaskRequest.of("prices.ask", "one"))
                    .then(TaskRequest.of("prices.tax", 0.19))
                    .then(TaskRequest.of("prices.label").returning(String.class));
            return "%s; the first with tax: %s"
                    .formatted(prices, client.send(offer).get(Duration.ofMinutes(1)));
        }
    }
}
