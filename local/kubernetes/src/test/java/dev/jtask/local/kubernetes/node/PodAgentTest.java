package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.node.Progress.State;
import dev.jtask.local.kubernetes.node.Workers.Launch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real processes that do nothing.
class PodAgentTest {

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("worker")
            .withImage("worker:1")
            .endContainer()
            .endSpec()
            .build();

    @TempDir
    private Path folder = Path.of("");

    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        http.close();
    }

    @Test
    void startsAProcessThatEndedAgainAndSaysHowItEnded() {
        var agent = start((pod, variables) -> run("exit 3"));

        await().atMost(Duration.ofSeconds(60)).until(() -> agent.progress().restarts() > 0);

        assertThat(agent.progress().lastExit()).get().returns(3, exit -> exit.code());
        agent.end(Duration.ZERO);
        agent.awaitGone();
        assertThat(agent.isGone()).isTrue();
    }

    @Test
    void endsAProcessByAskingIt() {
        var agent = start((pod, variables) -> run("trap 'exit 0' TERM; while :; do sleep 0.05; done"));
        await().atMost(Duration.ofSeconds(60)).until(() -> agent.pid().isPresent());

        agent.end(Duration.ofSeconds(20));
        agent.awaitGone();

        assertThat(agent.progress().state()).isInstanceOf(State.Ended.class);
        assertThat(started).noneMatch(Process::isAlive);
    }

    @Test
    void killsAProcessThatDoesNotHear() {
        var deaf = folder.resolve("deaf");
        var agent = start(
                (pod, variables) -> run("trap '' TERM; touch '%s'; while :; do sleep 0.05; done".formatted(deaf)));
        await().atMost(Duration.ofSeconds(60)).until(() -> agent.pid().isPresent() && Files.exists(deaf));

        agent.end(Duration.ofMillis(300));
        agent.awaitGone();

        assertThat(started).noneMatch(Process::isAlive);
        assertThat(agent.progress().state())
                .isInstanceOfSatisfying(
                        State.Ended.class,
                        ended -> assertThat(ended.exit().code()).isEqualTo(137));
    }

    @Test
    void waitsWithTheReasonWhenAStartIsRefused() {
        var agent = start((pod, variables) -> new Launch.Refused("ErrImagePull", "no such image"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> agent.progress().state().equals(new State.Waiting("ErrImagePull", "no such image")));
        assertThat(agent.pid()).isEmpty();
        agent.end(Duration.ZERO);
        agent.awaitGone();
    }

    private PodAgent start(Workers workers) {
        return PodAgent.start(POD, "127.0.0.1", workers, (namespace, name, key) -> Optional.empty(), http, () -> {});
    }

    private Launch run(String script) {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", script).start();
            started.add(process);
            return new Launch.Started(process);
        } catch (IOException e) {
            return new Launch.Refused("RunContainerError", String.valueOf(e.getMessage()));
        }
    }
}
