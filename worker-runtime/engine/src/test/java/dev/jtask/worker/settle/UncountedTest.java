package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.StoreRefusedException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UncountedTest {

    private final ChordCounter counter = new Uncounted();

    @Test
    void refusesPartsWithWhatToSet() {
        refusesWithTheFix(counter.add(new ChordCounter.Part("group", 0, "id", "SUCCESS", NullNode.instance)));
    }

    @Test
    void refusesToForget() {
        refusesWithTheFix(counter.end("group"));
    }

    private static void refusesWithTheFix(CompletableFuture<?> refused) {
        assertThat(refused).isCompletedExceptionally();
        assertThat(refused.exceptionNow())
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("set JTASK_RESULT_BACKEND to redis://");
    }
}
