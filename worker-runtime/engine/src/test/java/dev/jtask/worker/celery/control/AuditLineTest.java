package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import org.junit.jupiter.api.Test;

class AuditLineTest {

    @Test
    void saysAllThatIsKnownOfTheSender() {
        var request = Samples.request("shutdown", "{}");
        assertThat(AuditLine.who(request, request.encode())).isEqualTo("reply key key, ticket ticket");
        assertThat(AuditLine.who(request, by("ann", request))).isEqualTo("user ann, reply key key, ticket ticket");
        var silent = new ControlRequest("shutdown", Samples.json("{}"), Audience.everyone(), null, 1);
        assertThat(AuditLine.who(silent, silent.encode())).isEqualTo("a sender that wants no reply");
    }

    @Test
    void staysOneShortLineWhateverTheSenderWrites() {
        var odd = "a\nINFO forged\u2028\u0085\u202e" + "x".repeat(10_000);
        var request = new ControlRequest(
                odd, Samples.json("{}").put("k", odd), Audience.everyone(), new ReturnAddress(odd, odd, null), 1);
        var line = AuditLine.of(request, AuditLine.who(request, by(odd, request)), Answers.ok(odd));
        assertThat(line).hasSizeLessThan(1_500).doesNotContainPattern("[\\n\\u2028\\u0085\\u202e]");
    }

    private static WireMessage by(String user, ControlRequest request) {
        var message = request.encode();
        return new WireMessage(
                message.properties().withOthers(new WireProperties.Others(null, null, null, user, null)),
                message.body());
    }
}
