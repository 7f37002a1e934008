package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.ScalingChange;
import dev.jtask.operator.scaling.Change;
import dev.jtask.protocol.text.Beginning;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The last changes of a pool's size: those that an operator before this one told of, and this one's.
final class Changes {

    private static final int LONGEST_MESSAGE = 500;

    private Changes() {}

    static List<ScalingChange> of(Collection<ScalingChange> known, Collection<Change> fresh) {
        var all = Stream.concat(known.stream(), fresh.stream().map(Changes::change))
                .distinct()
                .sorted(Comparator.comparing(ScalingChange::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        return all.subList(Math.max(0, all.size() - Change.KEPT), all.size());
    }

    private static ScalingChange change(Change change) {
        return new ScalingChange(
                change.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                change.from(),
                change.to(),
                change.reason().name(),
                Beginning.of(change.message(), LONGEST_MESSAGE - 1));
    }
}
