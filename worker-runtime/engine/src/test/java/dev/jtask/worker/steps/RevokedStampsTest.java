package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.Given;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevokedStampsTest {

    private final RevokedStamps stamps = new RevokedStamps();

    @Test
    void coverATaskThatCarriesOneOfThem() {
        stamps.add("customer", List.of("7", "8"));
        stamps.add("customer", List.of("9"));

        assertThat(stamps.covers(stamped("customer", "7"))).isTrue();
        assertThat(stamps.covers(stamped("customer", 9))).as("also as a number").isTrue();
        assertThat(stamps.covers(stamped("customer", List.of("1", "8")))).isTrue();
        assertThat(stamps.covers(stamped("customer", "1"))).isFalse();
        assertThat(stamps.covers(stamped("order", "7"))).as("another stamp").isFalse();
        assertThat(stamps.covers(Given.message("a"))).isFalse();
    }

    @Test
    void coverNothingBeforeOneIsRevoked() {
        assertThat(stamps.covers(stamped("customer", "7"))).isFalse();
    }

    @Test
    void areTheLatestFiftyThousandOfEachHeader() {
        stamps.add(
                "customer",
                IntStream.rangeClosed(0, 50_000).mapToObj(Integer::toString).toList());

        assertThat(stamps.covers(stamped("customer", "0"))).isFalse();
        assertThat(stamps.covers(stamped("customer", "1"))).isTrue();
        assertThat(stamps.covers(stamped("customer", "50000"))).isTrue();
    }

    @Test
    void oneThatIsRevokedAgainIsTheLatest() {
        stamps.add("customer", List.of("again"));
        stamps.add(
                "customer",
                IntStream.rangeClosed(1, 49_999).mapToObj(Integer::toString).toList());
        stamps.add("customer", List.of("again"));
        stamps.add("customer", List.of("new"));

        assertThat(stamps.covers(stamped("customer", "again"))).isTrue();
        assertThat(stamps.covers(stamped("customer", "1"))).isFalse();
    }

    @Test
    void areOfNoMoreThanAHundredHeaders() {
        for (int i = 0; i < 100; i++) {
            stamps.add("header" + i, List.of("7"));
        }

        assertThatThrownBy(() -> stamps.add("one-more", List.of("7"))).isInstanceOf(IllegalArgumentException.class);
        stamps.add("header0", List.of("8"));
        assertThat(stamps.covers(stamped("header0", "8"))).isTrue();
    }

    @Test
    void areToldTheLatestOfEachHeader() {
        stamps.add("customer", List.of("1", "2", "3"));
        stamps.add("order", List.of("4"));

        assertThat(stamps.latest(4)).isEqualTo(Map.of("customer", List.of("2", "3"), "order", List.of("4")));
        assertThat(new RevokedStamps().latest(4)).isEmpty();
    }

    @Test
    void areReadFromATaskAsOneOrSeveral() {
        assertThat(RevokedStamps.of(stamped("customer", "7"), "customer")).containsExactly("7");
        assertThat(RevokedStamps.of(stamped("customer", List.of(7, "8")), "customer"))
                .containsExactlyInAnyOrder("7", "8");
        assertThat(RevokedStamps.of(stamped("customer", null), "customer")).isEmpty();
        assertThat(RevokedStamps.of(Given.message("a"), "customer")).isEmpty();
    }

    private static TaskMessage stamped(String header, @Nullable Object value) {
        return value == null
                ? Given.message("a")
                : Given.message("a").toBuilder()
                        .stamps(List.of(header), Map.of(header, value))
                        .build();
    }
}
