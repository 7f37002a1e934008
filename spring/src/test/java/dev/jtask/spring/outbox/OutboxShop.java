package dev.jtask.spring.outbox;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/// An application with a database, an outbox and a worker.
@EnableAutoConfiguration
class OutboxShop {

    @Bean
    Orders orders(JdbcTemplate jdbc, TaskClient client) {
        return new Orders(jdbc, client);
    }

    @Bean
    Mail mail(JdbcTemplate jdbc) {
        return new Mail(jdbc);
    }

    /// What an application does in one transaction.
    static class Orders {

        private final JdbcTemplate jdbc;
        private final TaskClient client;

        Orders(JdbcTemplate jdbc, TaskClient client) {
            this.jdbc = jdbc;
            this.client = client;
        }

        @Transactional
        public TaskHandle<String> place(int id) {
            jdbc.update("INSERT INTO orders (id) VALUES (?)", id);
            return client.send(TaskRequest.of("mail.confirm", id).returning(String.class));
        }

        @Transactional
        public TaskHandle<String> placeWithoutStock(int id) {
            place(id);
            throw new IllegalStateException("no stock");
        }
    }

    /// Runs after the commit, or it would see no order.
    static class Mail {

        private final JdbcTemplate jdbc;

        Mail(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Task("mail.confirm")
        public String confirm(int order) {
            return "orders: " + jdbc.queryForObject("SELECT COUNT(*) FROM orders WHERE id = ?", Long.class, order);
        }
    }
}
