package dev.jtask.helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the operator's roles grant, as lines such as `patch deployments.apps`.
final class Rules {

    private Rules() {}

    /// Of a rendered chart; roles for people are left out.
    static Set<String> of(List<HasMetadata> objects) {
        var roles = Chart.find(objects, Role.class).stream().flatMap(role -> role.getRules().stream());
        var clusterRoles = Chart.find(objects, ClusterRole.class).stream()
                .filter(role -> role.getMetadata().getName().matches(".*:jtask(-let-go)?"))
                .flatMap(role -> role.getRules().stream());
        var lines = new TreeSet<String>();
        Stream.concat(roles, clusterRoles).flatMap(Rules::lines).forEach(lines::add);
        return lines;
    }

    private static Stream<String> lines(PolicyRule rule) {
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream()
                        .map(resource -> group.isEmpty() ? resource : resource.replaceFirst("(?=/|$)", "." + group)))
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource));
    }
}
