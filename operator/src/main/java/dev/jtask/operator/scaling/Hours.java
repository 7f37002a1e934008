package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Range;
import dev.jtask.crds.v1alpha1.ScalingSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a pool's windows say now: they are read once for a spec, and asked again when one of them opens or closes.
final class Hours {

    private record Answer(ScalingSpec of, Windows windows, Range range) {

        static Answer to(ScalingSpec spec, Windows windows, Instant now) {
            return new Answer(spec, windows, windows.at(now));
        }

        Answer at(Instant now) {
            var until = range.until();
            return until == null || now.isBefore(until) ? this : to(of, windows, now);
        }
    }

    private @Nullable Answer last;

    Range at(ScalingSpec spec, Instant now) {
        var before = last;
        var answer =
                before == null || !before.of().equals(spec) ? Answer.to(spec, Windows.of(spec), now) : before.at(now);
        last = answer;
        return answer.range();
    }
}
