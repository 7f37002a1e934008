package dev.jtask.test;

import dev.jtask.testing.BrokerView;
import dev.jtask.testing.RabbitMqNode;
import java.net.URI;
import java.util.UUID;

/// A virtual host of a server, for one test.
final class RealBroker implements AutoCloseable {

    private final RabbitMqNode node;
    private final BrokerView view;
    private final String name = "jtask-test-" + UUID.randomUUID();

    RealBroker(RabbitMqNode node) {
        this.node = node;
        this.view = node.view();
        view.send("PUT", "/api/vhosts/" + name, "{}");
        view.send(
                "PUT",
                "/api/permissions/%s/%s".formatted(name, user()),
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
    }

    String uri() {
        var uri = URI.create(node.amqpUri());
        return "%s://%s/%s".formatted(uri.getScheme(), uri.getRawAuthority(), name);
    }

    void bind(String exchange, String routingKey, String queue) {
        view.send("PUT", "/api/exchanges/%s/%s".formatted(name, exchange), "{\"type\":\"direct\",\"durable\":true}");
        view.send("PUT", "/api/queues/%s/%s".formatted(name, queue), "{\"durable\":true}");
        view.send(
                "POST",
                "/api/bindings/%s/e/%s/q/%s".formatted(name, exchange, queue),
                "{\"routing_key\":\"%s\"}".formatted(routingKey));
    }

    @Override
    public void close() {
        view.send("DELETE", "/api/vhosts/" + name, "");
    }

    private String user() {
        return URI.create(node.amqpUri()).getUserInfo().split(":", 2)[0];
    }
}
