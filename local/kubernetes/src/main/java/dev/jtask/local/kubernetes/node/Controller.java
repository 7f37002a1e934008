package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the pods be what the Deployments want, one step at each look.
final class Controller {

    private final PodApi api;
    private final Pods pods;
    private final Map<String, DeploymentStatus> published = new ConcurrentHashMap<>();

    Controller(PodApi api, Pods pods) {
        this.api = api;
        this.pods = pods;
    }

    void look(List<Deployment> deployments, List<Pod> stored) {
        pods.follow(stored);
        deployments.forEach(this::settle);
        endOrphans(deployments);
        pods.publish();
        deployments.forEach(this::publish);
        deployments.forEach(api::collect);
    }

    private void settle(Deployment deployment) {
        var wanted = Wanted.of(deployment);
        var mine = pods.of(deployment);
        var plan = RolloutPlan.of(wanted, facts(mine, Map.of()));
        if (!plan.delete().isEmpty()) {
            // what the operator marked a moment ago may not have reached this node's cache
            plan = RolloutPlan.of(wanted, facts(mine, fresh(deployment)));
        }
        for (int i = 0; i < plan.create(); i++) {
            pods.create(deployment, wanted.templateHash());
        }
        for (var victim : plan.delete()) {
            mine.stream()
                    .filter(agent -> agent.pod().getMetadata().getName().equals(victim.name()))
                    .forEach(pods::end);
        }
    }

    private void endOrphans(List<Deployment> deployments) {
        var owners = deployments.stream()
                .map(deployment -> deployment.getMetadata().getUid())
                .collect(Collectors.toSet());
        pods.all().stream()
                .filter(agent -> !agent.isEnding() && !owners.contains(Pods.owner(agent)))
                .forEach(pods::end);
    }

    private void publish(Deployment deployment) {
        var status = DeploymentStatuses.of(deployment, Wanted.of(deployment), facts(pods.of(deployment), Map.of()));
        if (!status.equals(published.put(deployment.getMetadata().getUid(), status))) {
            api.writeStatus(deployment, status);
        }
    }

    private Map<String, Pod> fresh(Deployment deployment) {
        return api.list(deployment.getMetadata().getNamespace()).stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), Function.identity()));
    }

    private static List<PodFacts> facts(List<PodAgent> agents, Map<String, Pod> fresh) {
        return agents.stream()
                .map(agent -> {
                    var pod = fresh.getOrDefault(agent.pod().getMetadata().getUid(), agent.pod());
                    return PodFacts.of(pod, agent.progress().readiness());
                })
                .toList();
    }
}
