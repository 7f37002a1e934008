package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedTest {

    private final List<String> heard = new ArrayList<>();
    private final Watched watched = new Watched(
            result -> heard.add(result.status() + " " + result.result().asInt()));

    @Test
    void whatIsThereIsFound() {
        watched.begins();
        watched.found(progress(1));

        assertThat(heard).containsExactly("PROGRESS 1");
    }

    @Test
    void aReadingThatComesAfterWhatWasToldMeanwhileTakesThatNotBack() {
        watched.begins();
        watched.told(progress(2));
        watched.found(progress(1));

        assertThat(heard).containsExactly("PROGRESS 2");
    }

    @Test
    void anEndThatIsReadCountsWhateverWasTold() {
        watched.begins();
        watched.told(progress(2));
        watched.found(ResultMessage.success("a", IntNode.valueOf(3)));

        assertThat(heard).containsExactly("PROGRESS 2", "SUCCESS 3");
    }

    @Test
    void aPieceThatIsToldIsNoState() {
        watched.begins();
        watched.told(EmittedPiece.signal("a"));
        watched.found(progress(1));

        assertThat(heard).hasSize(2).last().isEqualTo("PROGRESS 1");
    }

    @Test
    void afterALossTheLatestIsReadAnew() {
        watched.begins();
        watched.told(progress(2));
        watched.begins();
        watched.found(progress(3));

        assertThat(heard).containsExactly("PROGRESS 2", "PROGRESS 3");
    }

    private static ResultMessage progress(int value) {
        return ResultMessage.of("a", "PROGRESS", IntNode.valueOf(value));
    }
}
