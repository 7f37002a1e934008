package dev.jtask.protocol.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignalPlaceTest {

    private final SignalPlace place = new SignalPlace("7e0e5a52", "approval");

    @Test
    void namesTellNeitherTheTaskNorTheSignal() {
        assertThat(place.value()).matches("jtask\\.signals\\.[0-9a-f]{32}\\.value");
        assertThat(place.task()).matches("jtask\\.signals\\.[0-9a-f]{32}\\.task");
    }

    @Test
    void eachSignalOfATaskHasItsPlaceAndTheTaskHasOne() {
        var other = new SignalPlace("7e0e5a52", "payment");

        assertThat(other.value()).isNotEqualTo(place.value());
        assertThat(other.task()).isEqualTo(place.task());
        assertThat(new SignalPlace("another", "approval").task()).isNotEqualTo(place.task());
    }

    @Test
    void aValueIsKeptForLongerThanATaskWaitsInOneGo() {
        assertThat(SignalPlace.valueArguments())
                .containsEntry("x-max-length", 1)
                .containsEntry("x-overflow", "reject-publish")
                .containsEntry("x-expires", Duration.ofDays(15).toMillis());
        assertThat(SignalPlace.taskArguments("orders"))
                .containsEntry("x-dead-letter-routing-key", "orders")
                .containsEntry("x-dead-letter-strategy", "at-least-once")
                .containsEntry("x-expires", Duration.ofDays(21).toMillis());
    }

    @Test
    void aNameIsNeitherBlankNorEndless() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignalPlace("a", " "))
                .withMessage("a signal has a name of 1 to 100 characters, not ' '");
        assertThatIllegalArgumentException().isThrownBy(() -> new SignalPlace("a", "x".repeat(101)));
    }
}
