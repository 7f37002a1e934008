package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskDetails;
import dev.jtask.worker.fakes.FakePieces;
import dev.jtask.worker.fakes.FakeResults;
import dev.jtask.worker.fakes.SettableClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoreBackendTest {

    private final SettableClock clock = new SettableClock();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();
    private final FakeResults results = new FakeResults(answer);
    private final FakePieces pieces = new FakePieces();
    private final StoreBackend backend = new StoreBackend(results, pieces, clock);

    @Test
    void keepsWhatItIsToTellOfTheTask() {
        var result = ResultMessage.success("a", IntNode.valueOf(5));
        var details = new TaskDetails(
                "shop.mail",
                JsonNodeFactory.instance.arrayNode().add(1),
                JsonNodeFactory.instance.objectNode(),
                "node",
                2,
                "mails");

        var _ = backend.store(new Addressee("a", "", "c", null, null, Set.of(), details), result);

        assertThat(results.kept())
                .extracting(FakeResults.Kept::result)
                .containsExactly(new StoredResult(result, null, null, details));
    }

    @Test
    void keepsAResultWithItsFamilyAndItsTime() {
        clock.pass(Duration.ofSeconds(5));
        var result = ResultMessage.success("a", IntNode.valueOf(5));

        var stored = backend.store(new Addressee("a", "replies", "c", "group", "parent"), result);

        assertThat(results.kept())
                .containsExactly(new FakeResults.Kept(
                        new StoredResult(result, "group", "parent"), SettableClock.START.plusSeconds(5)));
        assertThat(stored).isNotDone();
        answer.complete(null);
        assertThat(stored).isCompleted();
    }
}
