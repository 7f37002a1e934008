package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Range;
import dev.jtask.crds.v1alpha1.ScalingSpec;
import dev.jtask.protocol.time.Wait;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a pool's windows say now: they are read once for a spec, and asked again when one of them opens or closes.
final class Hours {

    private record Answer(ScalingSpec of, Windows windows, Range range, Wait good) {

        static Answer to(ScalingSpec spec, Windows windows, Instant now) {
            var range = windows.at(now);
            return new Answer(
                    spec, windows, range, new Wait(now, Objects.requireNonNullElse(range.until(), Instant.MAX)));
        }

        Answer at(Instant now) {
            return good.isOver(now) ? to(of, windows, now) : this;
        }
    }

    private @Nullable Answer last;

    Range at(ScalingSpec spec, Instant now) {
        var before = last;
        // of one and the same, which a spec is until it changes, Objects says so without a look into it
        var answer = before == null || !Objects.equals(before.of(), spec)
                ? Answer.to(spec, Windows.of(spec), now)
                : before.at(now);
        last = answer;
        return answer.range();
    }
}
