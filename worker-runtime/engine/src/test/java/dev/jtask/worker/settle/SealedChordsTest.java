package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.message.Protection;
import dev.jtask.worker.fakes.FakeChords;
import dev.jtask.worker.fakes.FakeValueSeal;
import dev.jtask.worker.fakes.Journal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedChordsTest {

    private static final TextNode VALUE = TextNode.valueOf("s3cr3t");

    private final FakeChords counter = new FakeChords(new Journal());
    private final SealedChords chords = new SealedChords(counter, new FakeValueSeal());

    @Test
    void aPartIsHiddenWhileItWaitsAndShownToTheBody() {
        counter.join(part -> Optional.of(
                new Joined.Results(JsonNodeFactory.instance.arrayNode().add(part.result()))));

        var joined = chords.add(count("g", Protection.ENCRYPTED)).join();

        assertThat(counter.parts().toString()).doesNotContain("s3cr3t");
        assertThat(joined)
                .contains(
                        new Joined.Results(JsonNodeFactory.instance.arrayNode().add(VALUE)));
    }

    @Test
    void soIsAFailure() {
        counter.join(part -> Optional.of(new Joined.Failed("a", part.result())));

        assertThat(chords.add(count("g", Protection.ENCRYPTED)).join()).contains(new Joined.Failed("a", VALUE));
    }

    @Test
    void aPlainPartStaysPlain() {
        var results = new Joined.Results(JsonNodeFactory.instance.arrayNode().add(VALUE));
        counter.join(part -> Optional.of(results));

        assertThat(chords.add(count("g", Protection.SIGNED)).join().orElseThrow())
                .isSameAs(results);
        assertThat(counter.parts()).extracting(Part::result).containsExactly(VALUE);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        var hidden = new FakeValueSeal().hide("other", VALUE);
        counter.join(part -> Optional.of(
                new Joined.Results(JsonNodeFactory.instance.arrayNode().add(hidden))));

        assertThat(chords.add(count("g", Protection.SIGNED)))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreRefusedException.class);
    }

    private static Effect.Count count(String group, Protection protection) {
        return new Effect.Count(
                new Part(group, 0, "a", "SUCCESS", VALUE), JsonNodeFactory.instance.objectNode(), Set.of(protection));
    }
}
