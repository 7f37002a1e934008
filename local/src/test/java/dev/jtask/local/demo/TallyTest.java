package dev.jtask.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.demo.Tally.Evidence;
import dev.jtask.local.demo.Tally.Evidence.Result;
import dev.jtask.local.demo.Tally.Evidence.Thumbnail;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void countsATaskOnceAndCallsLostWhatHasNoTrace() {
        var tally = Tally.of(List.of(
                new Evidence(Result.SUCCESS, Thumbnail.RIGHT, 1),
                new Evidence(Result.SUCCESS, Thumbnail.RIGHT, 3),
                new Evidence(Result.FAILURE, Thumbnail.WRONG_OR_MISSING, 1),
                new Evidence(Result.NONE, Thumbnail.WRONG_OR_MISSING, 0)));

        assertThat(tally).isEqualTo(new Tally(4, 2, 1, 1, 1));
        assertThat(tally.isComplete()).isFalse();
    }

    @Test
    void doesNotTakeAResultForAThumbnailThatIsNotThere() {
        assertThat(Tally.of(List.of(new Evidence(Result.SUCCESS, Thumbnail.WRONG_OR_MISSING, 1)))
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void endsInALineForScripts() {
        assertThat(new Tally(2000, 2000, 0, 0, 3).line(4, 0, 41.26))
                .isEqualTo("demo: sent=2000 succeeded=2000 failed=0 lost=0 duplicated=3"
                        + " peakReplicas=4 finalReplicas=0 seconds=41.3");
    }
}
