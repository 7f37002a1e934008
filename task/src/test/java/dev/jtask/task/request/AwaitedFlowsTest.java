package dev.jtask.task.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.flow.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the tasks of a flow say of their results.
class AwaitedFlowsTest {

    private static final TaskRequest<JsonNode> ONE = TaskRequest.of("one");
    private static final TaskRequest<JsonNode> TWO = TaskRequest.of("two");
    private static final TaskRequest<JsonNode> QUIET = TaskRequest.of("quiet").withoutReply();
    private static final TaskRequest<JsonNode> AUDIT = TaskRequest.of("audit").ignoringResult();

    @Test
    void theOneThatAHandleWaitsForAsksForIt() {
        assertThat(wishes(ONE)).containsExactly("one to here, ignored: false");
        assertThat(wishes(Chain.of(ONE).then(TWO))).containsExactly("one to here", "two to here, ignored: false");
        assertThat(wishes(Group.of(ONE).then(TWO))).containsExactly("one to here", "two to here, ignored: false");
        assertThat(wishes(Chain.of(Group.of(ONE)).then(Chain.of(ONE).then(TWO))))
                .containsExactly("one to here", "one to here", "two to here, ignored: false");
    }

    @Test
    void ofAGroupEachDoes() {
        assertThat(wishes(Group.of(List.of(ONE, Chain.of(ONE).then(TWO)))))
                .containsExactly("one to here, ignored: false", "one to here", "two to here, ignored: false");
    }

    @Test
    void whatWasSentWithoutReplyHasNobodyToGoTo() {
        assertThat(wishes(Chain.of(QUIET).then(QUIET))).containsExactly("quiet to ", "quiet to , ignored: false");
        assertThat(Signatures.of(ONE.link(QUIET)).options().at("/link/0/options"))
                .hasToString("{\"reply_to\":\"\"}");
    }

    @Test
    void whatIsIgnoredStaysSo() {
        assertThat(wishes(Chain.of(AUDIT).then(AUDIT)))
                .containsExactly("audit to here, ignored: true", "audit to here, ignored: true");
    }

    private static List<String> wishes(Step<?> step) {
        return tasks(Signatures.awaited(step, "here"))
                .map(AwaitedFlowsTest::wish)
                .toList();
    }

    private static Stream<Signature> tasks(Signature step) {
        return switch (step.type()) {
            case TASK, CHUNKS -> Stream.of(step);
            case CHAIN, GROUP -> step.members().stream().flatMap(AwaitedFlowsTest::tasks);
            case CHORD ->
                Stream.concat(
                                Signature.list(step.kwargs().path("header")).stream(),
                                Stream.of(Signature.of(step.kwargs().path("body"))))
                        .flatMap(AwaitedFlowsTest::tasks);
        };
    }

    private static String wish(Signature task) {
        assertThat(task.id()).isNotNull();
        var ignored = task.text("ignore_result");
        return "%s to %s%s"
                .formatted(task.task(), task.text("reply_to"), ignored == null ? "" : ", ignored: " + ignored);
    }
}
