package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

    @Test
    void aChannelThatTheBrokerClosesIsAnAnswer() {
        var signal = Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no exchange 'x'");

        assertThat(Refusals.isAnswer(signal)).isTrue();
        assertThat(Refusals.isAnswer(new IOException(new IOException(signal)))).isTrue();
        assertThat(Refusals.isProtest(signal)).isFalse();
        assertThat(Refusals.words(signal)).isEqualTo("NOT_FOUND - no exchange 'x'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT_FOUND - home node 'rabbit@b' of durable queue 'q' in vhost '/' is down or inaccessible",
                "NOT_FOUND - queue 'q' in vhost '/' process is stopped by supervisor",
                "NOT_FOUND - queue 'q' in vhost '/' has crashed and failed to restart",
                "NOT_FOUND - failed to perform operation on queue 'q' in vhost '/' due to timeout",
            })
    void aQueueWhoseNodeIsAwayIsNotRefusedForGood(String words) {
        var signal = Signals.channel(AMQP.NOT_FOUND, words);

        assertThat(Refusals.isAway(new IOException(signal))).isTrue();
        assertThat(Refusals.isAnswer(signal)).isFalse();
        assertThat(Refusals.isProtest(signal)).isFalse();
        assertThat(Refusals.isAway(Signals.channel(AMQP.ACCESS_REFUSED, words))).isFalse();
    }

    @Test
    void aConnectionThatTheBrokerClosesForWhatWasSaidIsAProtest() {
        var signal = Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR");

        assertThat(Refusals.isProtest(signal)).isTrue();
        assertThat(Refusals.isAnswer(signal)).isFalse();
        assertThat(Refusals.words(signal)).isEqualTo("INTERNAL_ERROR");
    }

    @Test
    void aBrokerThatIsStoppedAndANetworkThatFailsAreNeither() {
        var stopped = Signals.connection(AMQP.CONNECTION_FORCED, "broker forced connection closure");

        assertThat(Refusals.isProtest(stopped)).isFalse();
        assertThat(Refusals.isAnswer(stopped)).isFalse();
        assertThat(Refusals.isProtest(Signals.network())).isFalse();
        assertThat(Refusals.isAnswer(Signals.network())).isFalse();
        assertThat(Refusals.words(Signals.network())).isEqualTo("the connection was lost");
        assertThat(Refusals.isAnswer(new IOException("Connection reset"))).isFalse();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSilentAndOneThatRefusesIsNot() {
        var silence = Signals.silence();

        assertThat(Refusals.isSilence(silence)).isTrue();
        assertThat(Refusals.isSilence(new IOException(silence))).isTrue();
        assertThat(Refusals.isSilence(new IOException(Signals.network()))).isTrue();
        assertThat(Refusals.isSilence(new IOException(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"))))
                .isFalse();
        assertThat(Refusals.isSilence(new IOException("the broker allows no further channel")))
                .isFalse();
    }

    @Test
    void aReasonIsTheBrokersWordsOrTheFirstThatWereSaid() {
        assertThat(Refusals.why(
                        new IOException(Signals.connection(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost x not found"))))
                .isEqualTo("NOT_ALLOWED - vhost x not found");
        assertThat(Refusals.why(new IOException(null, new IOException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(Refusals.why(new EOFException())).isEqualTo("the connection was ended before it was open");
    }

    @Test
    void whatWeCloseOurselvesIsNoAnswer() {
        assertThat(Refusals.isAnswer(Signals.own())).isFalse();
        assertThat(Refusals.isProtest(Signals.own())).isFalse();
    }
}
