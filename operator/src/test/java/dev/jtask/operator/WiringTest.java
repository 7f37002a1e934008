package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {

    /// A status and a try that failed wait for half a minute, as the guide says, however often Secrets are read.
    @ParameterizedTest
    @ValueSource(longs = {1, 30, 600})
    void howOftenSecretsAreReadIsNoPaceOfPools(long refresh) {
        var pace = new Wiring().pace(configured(Duration.ofSeconds(refresh)));

        assertThat(pace.quiet()).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.calm()).isEqualTo(Duration.ofMinutes(5));
    }

    private static OperatorConfig configured(Duration secretRefresh) {
        record Waits(Duration tick, Duration brokerTimeout, Duration secretRefresh, Duration deletionPatience)
                implements OperatorConfig.Waits {}
        var waits = new Waits(Duration.ofSeconds(5), Duration.ofSeconds(4), secretRefresh, Duration.ofSeconds(30));
        return new OperatorConfig() {
            @Override
            public Waits waits() {
                return waits;
            }

            @Override
            public Pods pods() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Trust trust() {
                throw new UnsupportedOperationException();
            }

            @Override
            public LeaderElection leaderElection() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
