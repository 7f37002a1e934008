package dev.jtask.client.result;

import static dev.jtask.client.result.PieceOrder.Verdict.GAP;
import static dev.jtask.client.result.PieceOrder.Verdict.NEXT;
import static dev.jtask.client.result.PieceOrder.Verdict.PASSED_OVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.result.PieceMark;
import org.junit.jupiter.api.Test;

class PieceOrderTest {

    private final PieceOrder order = new PieceOrder();

    @Test
    void whatComesTwiceIsGivenOnce() {
        assertThat(take("a", 1, 1)).isEqualTo(NEXT);
        assertThat(take("a", 1, 1)).isEqualTo(PASSED_OVER);
        assertThat(take("a", 1, 2)).isEqualTo(NEXT);
        assertThat(take("a", 1, 1)).isEqualTo(PASSED_OVER);
        assertThat(take("a", 1, 3)).isEqualTo(NEXT);
        assertThat(order.number()).isEqualTo(3);
    }

    @Test
    void aGapIsSeen() {
        assertThat(take("a", 1, 2)).as("before the first").isEqualTo(GAP);
        assertThat(take("a", 1, 1)).isEqualTo(NEXT);
        assertThat(take("a", 1, 3)).isEqualTo(GAP);
        assertThat(take("b", 2, 2)).as("of a newer run").isEqualTo(GAP);
    }

    @Test
    void aNewerRunBeginsAnewAndTheOlderOneIsNotHeardAnyMore() {
        assertThat(take("a", 1, 1)).isEqualTo(NEXT);
        assertThat(take("b", 1, 1)).as("the same attempt elsewhere").isEqualTo(NEXT);
        assertThat(take("a", 1, 2)).isEqualTo(PASSED_OVER);
        assertThat(take("b", 1, 2)).isEqualTo(NEXT);
        assertThat(take("c", 2, 1)).as("a retry").isEqualTo(NEXT);
        assertThat(take("b", 1, 3)).isEqualTo(PASSED_OVER);
        assertThat(take("d", 1, 1)).as("an older attempt").isEqualTo(PASSED_OVER);
    }

    @Test
    void onceItIsKnownHowTheTaskEndsOnlyThatRunIsHeard() {
        order.endsWith(new PieceMark("a", 1, 2));

        assertThat(take("b", 1, 1)).isEqualTo(PASSED_OVER);
        assertThat(take("a", 1, 1)).isEqualTo(NEXT);
        assertThat(take("c", 2, 1)).isEqualTo(PASSED_OVER);
        assertThat(take("a", 1, 2)).isEqualTo(NEXT);
    }

    @Test
    void allAreThereWhenTheLastOneOfTheRunIs() {
        assertThat(order.isComplete(new PieceMark("a", 1, 0))).isTrue();
        assertThat(order.isComplete(new PieceMark("a", 1, 1))).isFalse();
        take("a", 1, 1);
        assertThat(order.isComplete(new PieceMark("a", 1, 1))).isTrue();
        assertThat(order.isComplete(new PieceMark("a", 1, 2))).isFalse();
        assertThat(order.isComplete(new PieceMark("b", 1, 0)))
                .as("of another run")
                .isFalse();
    }

    private PieceOrder.Verdict take(String run, int attempt, long number) {
        return order.take(new PieceMark(run, attempt, number));
    }
}
