package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever may write a status may write any that the CRD lets through: a backup, another version, a hand.
class ForeignStatusTest {

    private static final JsonNode WHOLE = Pools.YAML.unmarshal("""
        observedGeneration: 3
        replicas: 5
        readyReplicas: 5
        selector: a=b
        backlog: 7
        queues: [{name: orders, ready: 5, unacked: 2, consumers: 1}]
        conditions:
          - {type: Ready, status: "True", reason: Working, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}
        scaling:
          desiredReplicas: 5
          reason: Ineffective
          message: because
          lastScaleTime: "2026-01-01T00:00:00Z"
          notBefore: "2026-01-01T00:00:00Z"
          nextWindow: "2026-01-01T00:00:00Z"
          history:
            - {at: "2026-01-01T00:00:00Z", from: 1, to: 5, reason: DrainTime, message: because}
            - {at: "2026-01-01T00:00:01Z", from: 5, to: 4, reason: DrainTime, message: because}
          terms:
            need: 9.0
            startupSeconds: 12.5
            drainSeconds: 47.5
            busySlots: 20.0
            queues:
              - {name: orders, arrivalRate: 1.5, busySeconds: 0.25, sharePercent: 40, arrivalSlots: 0.0, backlogSlots: 9.0,
                 runningSlots: 0.0}
          guards:
            failing: {ended: 60.0, failed: 57.0, redelivered: 3.0}
            held: {pods: 5, brought: 19.5, until: "2026-01-01T00:12:00Z", pauseSeconds: 300, onTrial: false}
            measured:
              pods: 2
              since: "2026-01-01T00:01:00Z"
              until: "2026-01-01T00:03:00Z"
              longestSeconds: 0.5
              queues: [{name: orders, busySeconds: 960.0, ended: 1920.0}]
        """, JsonNode.class);

    @Test
    void aPoolWithAnyStatusIsReadAndServed() {
        var mutants = mutants();
        assertThat(mutants).hasSizeGreaterThan(100);

        var failures = mutants.stream()
                .map(ForeignStatusTest::serve)
                .filter(told -> !told.isEmpty())
                .toList();

        assertThat(failures).isEmpty();
    }

    private static String serve(Mutant mutant) {
        try {
            var parts = new Parts();
            var control = parts.reconciler.reconcile(mutant.pool(), FakeContext.of(mutant.pool(), parts.journal));
            return control.getResource().map(TaskWorkerPool::getStatus).stream()
                    .flatMap(status -> status.conditions().stream())
                    .filter(condition -> condition.getReason().equals("ReconcileFailed"))
                    .map(condition -> "%s: %s".formatted(mutant, condition.getMessage()))
                    .findFirst()
                    .orElse("");
        } catch (RuntimeException e) {
            return "%s: %s".formatted(mutant, e);
        }
    }

    private record Mutant(String path, String value) {

        /// @return the pool with another value, or none, at one place of its status
        TaskWorkerPool pool() {
            ObjectNode pool = Pools.YAML.convertValue(Pools.pool("queues: [{name: orders}]"), ObjectNode.class);
            var status = WHOLE.deepCopy();
            var place = JsonPointer.compile(path);
            ObjectNode parent = (ObjectNode) status.at(place.head());
            var name = place.last().getMatchingProperty();
            if (value.isEmpty()) {
                parent.remove(name);
            } else {
                parent.set(name, Pools.YAML.unmarshal(value, JsonNode.class));
            }
            pool.set("status", status);
            return Pools.YAML.unmarshal(Pools.YAML.asJson(pool), TaskWorkerPool.class);
        }
    }

    /// Each field is missing once, and once is one that its type allows.
    private static List<Mutant> mutants() {
        var found = new ArrayList<Mutant>();
        collect(WHOLE, "", found);
        return found;
    }

    private static void collect(JsonNode node, String path, List<Mutant> found) {
        node.properties().forEach(field -> {
            var place = path + "/" + field.getKey();
            var value = field.getValue();
            // of the conditions the CRD itself asks for all
            if (!path.startsWith("/conditions")) {
                found.add(new Mutant(place, ""));
                if (value.isIntegralNumber()) {
                    found.add(new Mutant(place, "3000000000"));
                    found.add(new Mutant(place, "-1"));
                } else if (value.isTextual()) {
                    found.add(new Mutant(place, "\"?\""));
                } else if (value.isNumber()) {
                    found.add(new Mutant(place, "-1.5"));
                } else if (value.isContainerNode()) {
                    found.add(new Mutant(place, value.isObject() ? "{}" : "[]"));
                }
            }
            collect(value, place, found);
        });
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            collect(node.get(i), path + "/" + i, found);
        }
    }
}
