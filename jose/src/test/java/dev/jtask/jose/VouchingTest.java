package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.SealException;
import dev.jtask.seal.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VouchingTest {

    private static final Duration AGE = Duration.ofHours(1);
    private static final WireMessage UNSIGNED = Given.message("1");

    private final Keys keys = Given.keys(Given.hmac("s"));

    @Test
    void aSignatureThatHoldsVouches() throws SealException {
        assertThat(vouching(Signatures.REQUIRE, Given.NOON).signature(signed(UNSIGNED)))
                .isNotNull();
    }

    @Test
    void whereItIsRequiredAMessageWithoutIsRefused() {
        assertThatThrownBy(() -> vouching(Signatures.REQUIRE, Given.NOON).signature(UNSIGNED))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("not signed");
    }

    @Test
    void whereItIsWarnedOfItRunsAndNothingIsVouchedFor() throws SealException {
        assertThat(vouching(Signatures.WARN, Given.NOON).signature(UNSIGNED)).isNull();
        assertThat(vouching(Signatures.WARN, Given.NOON).signature(signed(UNSIGNED)))
                .isNotNull();
        assertThat(vouching(Signatures.OFF, Given.NOON).signature(signed(UNSIGNED)))
                .isNull();
    }

    @Test
    void clocksMayDifferByAMinute() throws SealException {
        var early = vouching(Signatures.REQUIRE, Given.NOON.minusSeconds(60));
        assertThat(early.signature(signed(UNSIGNED))).isNotNull();

        var earlier = vouching(Signatures.REQUIRE, Given.NOON.minusSeconds(61));
        assertThatThrownBy(() -> earlier.signature(signed(UNSIGNED))).hasMessageContaining("in the future");
    }

    @Test
    void anOldSignatureIsRefused() throws SealException {
        var late = vouching(Signatures.REQUIRE, Given.NOON.plus(AGE).plusSeconds(60));
        assertThat(late.signature(signed(UNSIGNED))).isNotNull();

        var later = vouching(Signatures.REQUIRE, Given.NOON.plus(AGE).plusSeconds(61));
        assertThatThrownBy(() -> later.signature(signed(UNSIGNED))).hasMessageContaining("longer ago than PT1H");
    }

    @Test
    void aTaskThatWaitedForItsTimeIsAsOldAsThat() throws SealException {
        var delayed =
                signed(Given.message(TaskMessage.builder("1", "t.pay").eta(Given.NOON.plus(Duration.ofDays(30)))));

        assertThat(vouching(
                                Signatures.REQUIRE,
                                Given.NOON.plus(Duration.ofDays(30)).plus(AGE))
                        .signature(delayed))
                .isNotNull();
    }

    @Test
    void aTaskThatWaitedForASignalIsAsOldAsItsWait() throws SealException {
        var end = Given.NOON.plus(Duration.ofDays(30));
        var ends = Map.of("approval", end.toEpochMilli(), "payment", -1L);
        var waiting = signed(with(UNSIGNED, JtaskHeaders.SIGNALS, ends));
        var noted = with(signed(UNSIGNED), JtaskHeaders.SIGNALS, ends);

        assertThat(vouching(Signatures.REQUIRE, end.plus(AGE)).signature(waiting))
                .isNotNull();
        for (var old : new WireMessage[] {noted, signed(UNSIGNED)}) {
            assertThatThrownBy(() -> vouching(Signatures.REQUIRE, end.plus(AGE)).signature(old))
                    .hasMessageContaining("longer ago than PT1H");
        }
        assertThatThrownBy(() -> vouching(Signatures.REQUIRE, end.plus(AGE).plusSeconds(61))
                        .signature(waiting))
                .hasMessageContaining("longer ago than PT1H");
    }

    @Test
    void theValueOfASignalLiesUntilItsTaskAsks() throws SealException {
        var value = signed(SignalMessage.of("1", "approval", "v", "yes"));
        var late = vouching(Signatures.REQUIRE, Given.NOON.plus(Duration.ofDays(400)));

        assertThat(late.signature(value)).isNotNull();
        late.used(value);
        assertThat(late.signature(value)).as("in each run").isNotNull();
        var early = vouching(Signatures.REQUIRE, Given.NOON.minusSeconds(61));
        assertThatThrownBy(() -> early.signature(value)).hasMessageContaining("in the future");
    }

    @Test
    void aMessageThatHasDoneItsWorkIsNotRunAgain() throws SealException {
        var vouching = vouching(Signatures.REQUIRE, Given.NOON);
        var first = signed(UNSIGNED);
        var second = signed(UNSIGNED);
        assertThat(vouching.signature(first)).isNotNull();
        assertThat(vouching.signature(first))
                .as("it came again before it ended")
                .isNotNull();
        vouching.used(first);

        assertThatThrownBy(() -> vouching.signature(first)).hasMessageContaining("has run here already");
        assertThat(vouching.signature(second))
                .as("its sender has sent it twice")
                .isNotNull();
    }

    private WireMessage signed(WireMessage message) {
        return with(message, JtaskHeaders.SIGNATURE, new Signing(keys, Given.at(Given.NOON)).sign(message));
    }

    private static WireMessage with(WireMessage message, String header, Object value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        headers.put(header, value);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private Vouching vouching(Signatures policy, Instant now) {
        return new Vouching(new Signing(keys, Given.at(now)), policy, AGE, Given.at(now));
    }
}
