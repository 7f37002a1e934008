package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.fakes.MarkingSeal;
import dev.jtask.worker.fakes.RecordingSender;
import java.util.Set;
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
    void answersATaskThatWasSignedForCeleryAlike() {
        var seal = new MarkingSeal();

        var stored = new RpcBackend(sender, seal)
                .store(new Addressee("a", "replies", "c", null, null, Set.of(Protection.AUTH), null), result);

        assertThat(stored).isCompleted();
        assertThat(sender.last().parcel().message().properties().headers()).containsEntry("closed", "auth");
    }

    @Test
    void tellsNobodyWhereNobodyWaits() {
        assertThat(backend.store(new Addressee("a", "", "c", null, null), result))
                .isCompleted();
        assertThat(sender.sent()).isEmpty();
    }
}
