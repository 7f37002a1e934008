package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the operator does with the Kubernetes API is what `api-verbs.txt` says, which is what the chart grants.
@QuarkusTest
@WithTestResource(Systems.class)
class ApiVerbsIT {

    private static final String SELDOM = " seldom";

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Test
    void theLifeOfAPoolNeedsTheListedPermissionsAndNoOthers() {
        liveThrough();

        var always = listed().stream().filter(line -> !line.endsWith(SELDOM)).toList();
        // leases are renewed and events written in their own time
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> assertThat(used())
                        .containsAll(always)
                        .allMatch(
                                permission -> listed().contains(permission) || listed().contains(permission + SELDOM)));
    }

    private Set<String> used() {
        var used = new TreeSet<String>();
        world.api().requests().stream()
                .filter(request -> !request.userAgent().equals(World.TESTER))
                .map(ApiRequest::permission)
                .flatMap(Optional::stream)
                // everybody may ask what they may do
                .filter(permission -> !permission.contains("selfsubject"))
                .forEach(used::add);
        return used;
    }

    private void liveThrough() {
        world.pool("whole-life", """
            queues: [{name: NAME, declare: {}, deletionPolicy: Delete}]
            scaling: {minReplicas: 1, maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
            """);
        world.awaitCondition("whole-life", Conditions.QUEUES_READY, "AllExist");
        world.send("whole-life", 25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("whole-life") == 3);
        for (int i = 0; i < 3; i++) {
            createPod("whole-life", i);
        }
        world.purge("whole-life");
        await().atMost(World.PATIENCE).until(() -> world.replicas("whole-life") == 1);
        assertThat(world.kubernetes().pods().inNamespace("default").list().getItems())
                .filteredOn(pod -> pod.getMetadata().getName().startsWith("whole-life-"))
                .hasSize(3)
                .allMatch(pod ->
                        pod.getMetadata().getAnnotations().containsKey("controller.kubernetes.io/pod-deletion-cost"));
        world.delete("whole-life");
        await().atMost(World.PATIENCE).until(() -> world.status("whole-life").isEmpty());
    }

    private void createPod(String pool, int number) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(pool + "-" + number)
                .withNamespace("default")
                .withLabels(Labels.all(Pools.named(pool, Pools.pool("queues: [{name: orders}]"))))
                .endMetadata()
                .build();
        world.kubernetes().resource(pod).create();
        world.kubernetes()
                .resource(pod.edit()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private static List<String> listed() {
        try (var lines = Files.lines(Path.of("api-verbs.txt"))) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
