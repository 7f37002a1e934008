package dev.jtask.operator.status;

import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Findings as conditions: the time of a transition moves only when the status does.
final class Transitions {

    private static final int LONGEST_MESSAGE = 4_000;

    private Transitions() {}

    static List<Condition> merge(
            Collection<Condition> before, Collection<Finding> findings, long generation, Instant now) {
        return findings.stream()
                .map(finding -> condition(find(before, finding.type()).orElse(null), finding, generation, now))
                .toList();
    }

    private static Optional<Condition> find(Collection<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static Condition condition(@Nullable Condition before, Finding finding, long generation, Instant now) {
        var since = before != null && finding.truth().text().equals(before.getStatus())
                ? before.getLastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new ConditionBuilder()
                .withType(finding.type())
                .withStatus(finding.truth().text())
                .withReason(finding.reason())
                .withMessage(Beginning.of(finding.message(), LONGEST_MESSAGE))
                .withObservedGeneration(finding.generation(generation))
                .withLastTransitionTime(since)
                .build();
    }
}
