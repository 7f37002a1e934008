package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.delivery.Shares.Demand;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void oneQueueHasTheWholeWindow() {
        assertThat(Shares.allocate(8, List.of(idle()))).containsExactly(8);
    }

    @Test
    void idleQueuesShareEvenlySoThatEachIsHeardAtOnce() {
        assertThat(Shares.allocate(8, List.of(idle(), idle(), idle()))).containsExactly(3, 3, 2);
    }

    @Test
    void theOnlyQueueWithWorkGetsEverything() {
        assertThat(Shares.allocate(8, List.of(idle(), ready(100)))).containsExactly(0, 8);
    }

    @Test
    void aQueueWithWorkWeighsTwiceTheNextOne() {
        assertThat(Shares.allocate(7, List.of(ready(100), ready(100), ready(100))))
                .containsExactly(4, 2, 1);
        assertThat(Shares.allocate(3, List.of(ready(100), ready(100)))).containsExactly(2, 1);
    }

    @Test
    void whatAQueueDoesNotNeedGoesToTheOthers() {
        assertThat(Shares.allocate(8, List.of(ready(2), ready(100)))).containsExactly(2, 6);
    }

    @Test
    void aWindowSmallerThanTheListServesTheFirstQueuesWithWork() {
        assertThat(Shares.allocate(1, List.of(idle(), ready(5), ready(5)))).containsExactly(0, 1, 0);
    }

    @Test
    void anEmptyWindowGivesNothing() {
        assertThat(Shares.allocate(0, List.of(ready(5), idle()))).containsExactly(0, 0);
    }

    @Test
    void sharesAddUpToTheWindow() {
        for (int window = 0; window < 50; window++) {
            var shares = Shares.allocate(window, List.of(ready(3), idle(), ready(9), new Demand(0, 4, 4)));
            assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(window);
        }
    }

    @Test
    void changesOnlyForAQueueThatWaitsOrAnotherWindow() {
        assertThat(worthwhile(8, new Demand(0, 3, 4), new Demand(0, 0, 4)))
                .as("nothing waits")
                .isFalse();
        assertThat(worthwhile(8, new Demand(50, 3, 4), new Demand(0, 0, 4)))
                .as("the broker is still sending")
                .isFalse();
        assertThat(worthwhile(8, new Demand(50, 4, 4), new Demand(0, 0, 4)))
                .as("it could have more")
                .isTrue();
        assertThat(worthwhile(8, new Demand(0, 0, 8), new Demand(0, 0, 0)))
                .as("one is not heard")
                .isTrue();
        assertThat(worthwhile(4, new Demand(0, 0, 4), new Demand(0, 0, 4)))
                .as("smaller window")
                .isTrue();
    }

    private static boolean worthwhile(int window, Demand... demands) {
        var list = Arrays.asList(demands);
        return Shares.worthwhile(window, list, Shares.allocate(window, list));
    }

    private static Demand idle() {
        return new Demand(0, 0, 0);
    }

    private static Demand ready(int messages) {
        return new Demand(messages, 0, 0);
    }
}
