package dev.jtask.protocol.control;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/// Part of a pattern: from the positions of a text where it may begin to those where it may end. All positions are
/// followed at once, so that no pattern takes longer than its own length and the text's allow, whoever has written it.
@FunctionalInterface
interface TextPattern {

    /// @param starts is not changed
    BitSet ends(String text, BitSet starts);

    /// The beginning of the text.
    TextPattern BEGIN = (text, starts) -> only(starts, 0);

    /// The end of the text.
    TextPattern END = (text, starts) -> only(starts, text.length());

    /// One character.
    static TextPattern one(IntPredicate wanted) {
        return (text, starts) -> {
            var ends = new BitSet();
            starts.stream()
                    .filter(at -> at < text.length() && wanted.test(text.charAt(at)))
                    .forEach(at -> ends.set(at + 1));
            return ends;
        };
    }

    /// One after the other.
    static TextPattern sequence(List<TextPattern> parts) {
        return (text, starts) -> {
            var reached = starts;
            for (var part : parts) {
                reached = part.ends(text, reached);
            }
            return reached;
        };
    }

    /// One of several.
    static TextPattern either(List<TextPattern> choices) {
        return (text, starts) -> {
            var ends = new BitSet();
            choices.forEach(choice -> ends.or(choice.ends(text, starts)));
            return ends;
        };
    }

    /// Once or not at all.
    default TextPattern optional() {
        return (text, starts) -> {
            var ends = copy(starts);
            ends.or(ends(text, starts));
            return ends;
        };
    }

    /// As often as wanted, also not at all.
    default TextPattern repeated() {
        return (text, starts) -> {
            var reached = copy(starts);
            var fresh = starts;
            while (!fresh.isEmpty()) {
                var further = copy(ends(text, fresh));
                further.andNot(reached);
                reached.or(further);
                fresh = further;
            }
            return reached;
        };
    }

    /// Whether it fits from the beginning of the text to some place in it.
    default boolean beginsIn(String text) {
        return !ends(text, beginning()).isEmpty();
    }

    /// Whether it fits the text from the beginning to the end.
    default boolean fits(String text) {
        return ends(text, beginning()).get(text.length());
    }

    private static BitSet beginning() {
        var first = new BitSet();
        first.set(0);
        return first;
    }

    private static BitSet only(BitSet starts, int position) {
        var kept = new BitSet();
        kept.set(position, starts.get(position));
        return kept;
    }

    private static BitSet copy(BitSet positions) {
        return (BitSet) positions.clone();
    }
}
