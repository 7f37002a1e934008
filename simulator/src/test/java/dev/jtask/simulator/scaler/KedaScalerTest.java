package dev.jtask.simulator.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.simulator.world.Scaler;
import org.junit.jupiter.api.Test;

/// Whom we are measured by does what the real one does.
class KedaScalerTest {

    private final Scaler defaults = new KedaScaler(KedaSetting.DEFAULTS, 50);

    @Test
    void anEmptyPoolWakesAtTheNextPollAndByOnePod() {
        assertThat(size(defaults, SeenFrom.at(0, 0, 0, 0, 0))).isZero();
        assertThat(size(defaults, SeenFrom.at(15, 0, 1_000, 0, 0)))
                .as("between polls")
                .isZero();
        assertThat(size(defaults, SeenFrom.at(29, 0, 1_000, 0, 0))).isZero();

        assertThat(size(new KedaScaler(KedaSetting.DEFAULTS, 50), SeenFrom.at(0, 0, 1, 0, 0)))
                .isEqualTo(1);
    }

    @Test
    void itLooksAgainWhenKedaPollsOrItsHpaSyncs() {
        assertThat(defaults.look(SeenFrom.at(0, 1, 1, 0, 0)).after())
                .as("the HPA")
                .isEqualTo(15);
        assertThat(defaults.look(SeenFrom.at(15, 1, 1, 0, 0)).after()).isEqualTo(15);
        assertThat(defaults.look(SeenFrom.at(20, 1, 1, 0, 0)).after()).isEqualTo(10);

        var quick = new KedaScaler(new KedaSetting(20, 0, false, 5, 30, 30, true), 50);
        assertThat(quick.look(SeenFrom.at(0, 1, 1, 0, 0)).after()).as("KEDA").isEqualTo(5);
    }

    @Test
    void thePoolIsEmptiedWhenItWasIdleForLongerThanTheCooldown() {
        assertThat(size(defaults, SeenFrom.at(0, 1, 3, 0, 0))).isEqualTo(1);
        for (int second = 30; second <= 300; second += 30) {
            assertThat(size(defaults, SeenFrom.at(second, 1, 0, 0, 0)))
                    .as("after %d s", second)
                    .isEqualTo(1);
        }

        assertThat(size(defaults, SeenFrom.at(330, 1, 0, 0, 0))).isZero();
    }

    @Test
    void aMessageWithinTheCooldownBeginsItAnew() {
        size(defaults, SeenFrom.at(0, 1, 3, 0, 0));
        size(defaults, SeenFrom.at(300, 1, 1, 0, 0));

        assertThat(size(defaults, SeenFrom.at(600, 1, 0, 0, 0))).isEqualTo(1);
        assertThat(size(defaults, SeenFrom.at(630, 1, 0, 0, 0))).isZero();
    }

    @Test
    void whatWorkersHoldIsActivityByHttpAndNotByAmqp() {
        var amqp = new KedaScaler(new KedaSetting(20, 0, true, 5, 30, 30, true), 50);
        var http = new KedaScaler(new KedaSetting(20, 0, false, 5, 30, 30, true), 50);

        assertThat(size(amqp, SeenFrom.at(0, 1, 0, 80, 0)))
                .as("cut off while it runs")
                .isZero();
        assertThat(size(http, SeenFrom.at(0, 1, 0, 80, 0))).isEqualTo(4);
    }

    @Test
    void aRateIsActivityWhereItIsATrigger() {
        var rated = new KedaScaler(new KedaSetting(20, 2, false, 5, 30, 30, true), 50);

        assertThat(size(rated, SeenFrom.at(0, 0, 0, 0, 1))).isEqualTo(1);
        assertThat(size(rated, SeenFrom.at(15, 1, 0, 0, 7)))
                .as("7/s of 2/s a pod")
                .isEqualTo(4);
        assertThat(size(defaults, SeenFrom.at(0, 0, 0, 0, 1))).isZero();
    }

    @Test
    void nothingChangesWhileNobodyAnswers() {
        size(defaults, SeenFrom.at(0, 7, 140, 0, 0));

        assertThat(size(defaults, new SeenFrom(900, 7, null))).isEqualTo(7);
    }

    @Test
    void theBestIsPickedFromAGridThatBeginsWithTheDefaults() {
        assertThat(KedaSetting.DEFAULTS)
                .as("what the documentation of KEDA and of the HPA says")
                .isEqualTo(new KedaSetting(20, 0, false, 30, 300, 300, false));
        assertThat(KedaSetting.DEFAULTS.name()).isEqualTo("KEDA defaults");
    }

    private static int size(Scaler scaler, SeenFrom sight) {
        return scaler.look(sight).replicas();
    }
}
