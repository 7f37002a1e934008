package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.message.TaskMessage;
import org.junit.jupiter.api.Test;

class StatsCommandsTest {

    private final About about = Samples.about();
    private final FakeQueues queues = new FakeQueues("orders");
    private final FakeLife life = new FakeLife();

    @Test
    void tellsFiguresOfTheWorker() {
        about.totals().started(TaskMessage.builder("one", "t.add").build());
        var stats = ask("stats");
        assertThat(stats.path("total").path("t.add").intValue()).isEqualTo(1);
        assertThat(stats.path("uptime").intValue()).isEqualTo(90);
        assertThat(stats.path("prefetch_count").intValue()).isEqualTo(8);
        assertThat(stats.path("pool").path("max-concurrency").intValue()).isEqualTo(4);
        assertThat(stats.path("pool").path("writes").path("inqueues").intValue())
                .isEqualTo(1);
        assertThat(stats.path("broker").path("virtual_host").textValue()).isEqualTo("shop");
    }

    @Test
    void tellsSettingsWithoutSecrets() {
        life.resize(6);
        assertThat(ask("conf").path("worker_concurrency").intValue()).isEqualTo(6);
        assertThat(ask("conf").path("task_default_queue").textValue()).isEqualTo("orders");
        assertThat(ask("report").path("ok").textValue()).contains("jtask", "6 slots", "orders");
        assertThat(ask("conf").toString() + ask("stats") + ask("report")).doesNotContain("sEcret");
        queues.remove("orders");
        assertThat(ask("dump_conf").path("task_default_queue").textValue()).isEmpty();
    }

    @Test
    void tellsItsMemory() {
        assertThat(ask("memsample").textValue()).endsWith("MB");
        assertThat(ask("memdump").textValue()).contains("heap");
        assertThat(ask("objgraph").path("error").textValue()).contains("jcmd");
    }

    private JsonNode ask(String method) {
        return Samples.run(StatsCommands.of(about, queues, life), method, "{}").orElseThrow();
    }
}
