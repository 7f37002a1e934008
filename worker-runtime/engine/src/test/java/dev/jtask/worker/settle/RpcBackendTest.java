package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.fakes.RecordingSender;
import org.junit.jupiter.api.Test;

class RpcBackendTest {

    private final RecordingSender sender = new RecordingSender();
    private final RpcBackend backend = new RpcBackend(sender);
    private final ResultMessage result = ResultMessage.success("a", IntNode.valueOf(5));

    @Test
    void sendsAResultToTheReplyQueueAndGivesUpAtLast() {
        sender.hold();

        var stored = backend.store(new Addressee("a", "replies", "c", null, null), result);

        assertThat(sender.last().parcel()).isEqualTo(Parcel.reply("replies", ResultCodec.encode(result, "c")));
        assertThat(sender.last().patience()).isEqualTo(Patience.RESULT);
        assertThat(stored).isNotDone();
        sender.last().answer().complete(null);
        assertThat(stored).isCompleted();
    }

    @Test
    void tellsNobodyWhereNobodyWaits() {
        assertThat(backend.store(new Addressee("a", "", "c", null, null), result))
                .isCompleted();
        assertThat(sender.sent()).isEmpty();
    }
}
