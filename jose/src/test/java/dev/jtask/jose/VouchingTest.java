package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.JtaskHeaders;
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
        assertThat(vouching(Signatures.REQUIRE, Given.NOON).isVouchedFor(signed(UNSIGNED)))
                .isTrue();
    }

    @Test
    void whereItIsRequiredAMessageWithoutIsRefused() {
        assertThatThrownBy(() -> vouching(Signatures.REQUIRE, Given.NOON).isVouchedFor(UNSIGNED))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("not signed");
    }

    @Test
    void whereItIsWarnedOfItRunsAndNothingIsVouchedFor() throws SealException {
        assertThat(vouching(Signatures.WARN, Given.NOON).isVouchedFor(UNSIGNED)).isFalse();
        assertThat(vouching(Signatures.WARN, Given.NOON).isVouchedFor(signed(UNSIGNED)))
                .isTrue();
        assertThat(vouching(Signatures.OFF, Given.NOON).isVouchedFor(signed(UNSIGNED)))
                .isFalse();
    }

    @Test
    void clocksMayDifferByAMinute() throws SealException {
        var early = vouching(Signatures.REQUIRE, Given.NOON.minusSeconds(60));
        assertThat(early.isVouchedFor(signed(UNSIGNED))).isTrue();

        var earlier = vouching(Signatures.REQUIRE, Given.NOON.minusSeconds(61));
        assertThatThrownBy(() -> earlier.isVouchedFor(signed(UNSIGNED))).hasMessageContaining("in the future");
    }

    @Test
    void anOldSignatureIsRefused() throws SealException {
        var late = vouching(Signatures.REQUIRE, Given.NOON.plus(AGE).plusSeconds(60));
        assertThat(late.isVouchedFor(signed(UNSIGNED))).isTrue();

        var later = vouching(Signatures.REQUIRE, Given.NOON.plus(AGE).plusSeconds(61));
        assertThatThrownBy(() -> later.isVouchedFor(signed(UNSIGNED))).hasMessageContaining("longer ago than PT1H");
    }

    @Test
    void aTaskThatWaitedForItsTimeIsAsOldAsThat() throws SealException {
        var delayed =
                signed(Given.message(TaskMessage.builder("1", "t.pay").eta(Given.NOON.plus(Duration.ofDays(30)))));

        assertThat(vouching(
                                Signatures.REQUIRE,
                                Given.NOON.plus(Duration.ofDays(30)).plus(AGE))
                        .isVouchedFor(delayed))
                .isTrue();
    }

    @Test
    void aMessageThatHasDoneItsWorkIsNotRunAgain() throws SealException {
        var vouching = vouching(Signatures.REQUIRE, Given.NOON);
        var first = signed(UNSIGNED);
        var second = signed(UNSIGNED);
        assertThat(vouching.isVouchedFor(first)).isTrue();
        assertThat(vouching.isVouchedFor(first))
                .as("it came again before it ended")
                .isTrue();
        vouching.used(first);

        assertThatThrownBy(() -> vouching.isVouchedFor(first)).hasMessageContaining("has run here already");
        assertThat(vouching.isVouchedFor(second))
                .as("its sender has sent it twice")
                .isTrue();
    }

    private WireMessage signed(WireMessage message) {
        return with(message, new Signing(keys, Given.at(Given.NOON)).sign(message));
    }

    private static WireMessage with(WireMessage message, String signature) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        headers.put(JtaskHeaders.SIGNATURE, signature);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private Vouching vouching(Signatures policy, Instant now) {
        return new Vouching(new Signing(keys, Given.at(now)), policy, AGE, Given.at(now));
    }
}
