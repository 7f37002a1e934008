package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    @Test
    void aChannelThatTheBrokerClosesIsAnAnswer() {
        var signal = Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no exchange 'x'");

        assertThat(Refusals.isAnswer(signal)).isTrue();
        assertThat(Refusals.isAnswer(new IOException(new IOException(signal)))).isTrue();
        assertThat(Refusals.isProtest(signal)).isFalse();
        assertThat(Refusals.words(signal)).isEqualTo("NOT_FOUND - no exchange 'x'");
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
    void whatWeCloseOurselvesIsNoAnswer() {
        assertThat(Refusals.isAnswer(Signals.own())).isFalse();
        assertThat(Refusals.isProtest(Signals.own())).isFalse();
    }
}
