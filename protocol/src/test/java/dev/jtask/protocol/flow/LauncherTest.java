package dev.jtask.protocol.flow;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.TimeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final TaskMessage PARENT = TaskMessage.builder("parent", "t.first")
            .rootId("root")
            .replyTo("client")
            .customHeaders(Map.of("traceparent", "00-abc", "tenant", "blue"))
            .build();

    @Test
    void aTaskGetsTheResultBeforeItsOwnArguments() {
        var message = only(launch(task("t.add", "[10]", "{}")));
        assertThat(message.route()).isEqualTo(Route.toQueue("here"));
        assertThat(message.message().args()).hasToString("[5,10]");
        assertThat(message.message().rootId()).isEqualTo("root");
        assertThat(message.message().parentId()).isEqualTo("parent");
        assertThat(message.message().replyTo()).isEqualTo("client");
        assertThat(message.message().customHeaders())
                .as("the trace goes on, the rest was the parent's")
                .isEqualTo(Map.of("traceparent", "00-abc"));
    }

    @Test
    void anImmutableTaskGetsOnlyItsOwn() {
        var signature = task("t.add", "[10]", "{}").replace("'immutable': false", "'immutable': true");
        assertThat(only(launch(signature)).message().args()).hasToString("[10]");
    }

    @Test
    void optionsBecomeThePartsOfTheMessage() {
        var message = only(launch(task("t.add", "[]", """
            {'task_id': 'own', 'queue': 'elsewhere', 'reply_to': 'other', 'priority': 3, 'countdown': 2,
             'link': [{'task': 't.log'}], 'time_limit': 9}\
            """))).message();
        assertThat(message.id()).isEqualTo("own");
        assertThat(message.replyTo()).isEqualTo("other");
        assertThat(message.priority()).isEqualTo(3);
        assertThat(message.eta()).isEqualTo(NOW.plusSeconds(2));
        assertThat(message.timeLimits().hard()).isEqualTo(9.0);
        assertThat(message.embed().callbacks()).hasSize(1);
    }

    @Test
    void aTimeLimitOfZeroIsNone() {
        var message = only(launch(task("t.add", "[]", "{'time_limit': 0, 'soft_time_limit': 0.0}")));
        assertThat(message.message().timeLimits()).isEqualTo(TimeLimits.NONE);
    }

    @Test
    void aChainSendsItsFirstStepWithTheRestInReverse() {
        var message = only(launch(flow(
                "chain",
                "'tasks': [%s, %s, %s]"
                        .formatted(task("t.a", "[]", "{}"), task("t.b", "[]", "{}"), task("t.c", "[]", "{}")))));
        assertThat(message.message().task()).isEqualTo("t.a");
        assertThat(message.message().embed().chain().findValuesAsText("task")).containsExactly("t.c", "t.b");
    }

    @Test
    void whatFollowsAGroupIsItsBodyHoweverMuchThatIs() {
        var tasks = new StringJoiner(", ");
        tasks.add(flow("group", "'tasks': [%s, %s]".formatted(task("t.b", "[]", "{}"), task("t.c", "[]", "{}"))));
        for (int step = 0; step < 20_000; step++) {
            tasks.add(task("t.step", "[%d]".formatted(step), "{}"));
        }
        // each step once: the square of their number would take minutes
        var plan = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> launch(flow("chain", "'tasks': [%s]".formatted(tasks))));

        assertThat(plan.messages()).hasSize(2).allSatisfy(each -> {
            var body = each.message().embed().chord();
            assertThat(body.path("subtask_type").textValue()).isEqualTo("chain");
            assertThat(body.path("kwargs").path("tasks")).hasSize(20_000);
            assertThat(body.path("kwargs")
                            .path("tasks")
                            .get(7)
                            .path("args")
                            .get(0)
                            .intValue())
                    .isEqualTo(7);
        });
    }

    @Test
    void aGroupInAChainBecomesTheHeaderOfAChord() {
        var group = flow("group", "'tasks': [%s, %s]".formatted(task("t.b", "[]", "{}"), task("t.c", "[]", "{}")));
        var plan = launch(flow("chain", "'tasks': [%s, %s]".formatted(group, task("t.sum", "[]", "{}"))));
        assertThat(plan.messages()).hasSize(2);
        assertThat(plan.chords()).singleElement().satisfies(chord -> {
            assertThat(chord.size()).isEqualTo(2);
            assertThat(plan.messages()).allSatisfy(routed -> {
                assertThat(routed.message().group()).isEqualTo(chord.group());
                assertThat(routed.message().embed().chord().path("task").textValue())
                        .isEqualTo("t.sum");
            });
        });
        assertThat(plan.messages().get(1).message().groupIndex()).isEqualTo(1);
    }

    @Test
    void aGroupSendsItsMembersWithPlaces() {
        var plan = launch(flow(
                "group",
                "'tasks': [%s, %s]"
                        .formatted(
                                task("t.a", "[1]", "{}"),
                                flow("group", "'tasks': [%s]".formatted(task("t.b", "[]", "{}"))))));
        assertThat(plan.chords()).isEmpty();
        assertThat(plan.messages())
                .extracting(routed -> routed.message().groupIndex())
                .containsExactly(0, 1);
        assertThat(plan.messages().get(0).message().args()).hasToString("[5,1]");
    }

    @Test
    void theBodyOfAnEmptyChordRunsAtOnce() {
        var message = only(launch(flow("chord", "'header': [], 'body': " + task("t.sum", "[]", "{}"))));
        assertThat(message.message().task()).isEqualTo("t.sum");
        assertThat(message.message().args()).hasToString("[[]]");
    }

    @Test
    void whatAHeaderNestsIsCopiedAtNoLevel() {
        var chain = flow("chain", "'tasks': [%s]".formatted(task("t.a", "[{'large': 1}]", "{}")));
        var chord = flow(
                "chord", "'header': [%s], 'body': %s".formatted(task("t.b", "[{}]", "{}"), task("t.c", "[{}]", "{}")));
        var json =
                json(flow("chord", "'header': [%s, %s], 'body': %s".formatted(chain, chord, task("t.d", "[]", "{}"))));
        var plan = launch(json);

        var header = json.path("kwargs").path("header");
        var chained = header.get(0).path("kwargs").path("tasks").get(0);
        assertThat(plan.messages().get(0).message().args().get(1))
                .isSameAs(chained.path("args").get(0));
        var body = header.get(1).path("kwargs").path("body");
        assertThat(plan.messages().get(1).message().embed().chord().path("args"))
                .isSameAs(body.path("args"));
        var first = header.get(1).path("kwargs").path("header").get(0);
        assertThat(plan.messages().get(1).message().args().get(1))
                .isSameAs(first.path("args").get(0));
    }

    @Test
    void aStepWithoutStepsOfItsOwnHoldsNothingUp() {
        var empty = flow("chain", "'tasks': []");
        var hollow = flow("chain", "'tasks': [%s]".formatted(empty));
        var rest = "'chain': [%s, %s, %s, %s]"
                .formatted(
                        task("t.c", "[]", "{}"),
                        empty,
                        task("t.b", "[]", "{}"),
                        String.join(", ", nCopies(20_000, hollow)));
        var message = only(launch(empty.replace("'options': {}", "'options': {%s}".formatted(rest))));

        assertThat(message.message().task()).isEqualTo("t.b");
        assertThat(message.message().args()).hasToString("[5]");
        var next = only(launchNext(message.message().embed().chain()));
        assertThat(next.message().task()).isEqualTo("t.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CHAIN()",
                "CHAIN(TASK, GROUP())",
                "CHAIN(TASK, CHUNKS)",
                "CHAIN(TASK, GROUP(CHAIN()))",
            })
    void theBodyOfAChordWithoutPartsRunsAtOnce(String header) {
        var json = header.replace("CHAIN(", "{'task': 'c', 'subtask_type': 'chain', 'kwargs': {'tasks': [")
                .replace("GROUP(", "{'task': 'g', 'subtask_type': 'group', 'kwargs': {'tasks': [")
                .replace(")", "]}}")
                .replace("CHUNKS", "{'task': 'x', 'subtask_type': 'chunks', 'kwargs': {'it': [], 'n': 1}}")
                .replace("TASK", "{'task': 't.a'}");
        var plan = launch(flow("chord", "'header': [%s], 'body': %s".formatted(json, task("t.sum", "[]", "{}"))));

        assertThat(plan.chords()).isEmpty();
        assertThat(plan.messages())
                .extracting(each -> each.message().task())
                .contains("t.sum")
                .hasSize(header.contains("TASK") ? 2 : 1);
    }

    @Test
    void aStepAfterAChordFollowsItsBody() {
        var chord = flow(
                "chord", "'header': [%s], 'body': %s".formatted(task("t.a", "[]", "{}"), task("t.sum", "[]", "{}")));
        var plan = launch(flow("chain", "'tasks': [%s, %s]".formatted(chord, task("t.log", "[]", "{}"))));
        var body = Signature.of(only(plan).message().embed().chord());
        assertThat(body.type()).isEqualTo(Signature.Type.CHAIN);
        assertThat(body.members()).extracting(Signature::task).containsExactly("t.sum", "t.log");
    }

    @Test
    void aChordInAHeaderIsOnePartByItsBody() {
        var inner =
                flow("chord", "'header': [%s], 'body': %s".formatted(task("t.a", "[]", "{}"), task("t.b", "[]", "{}")));
        var plan = launch(flow(
                "chord",
                "'header': [%s, %s], 'body': %s".formatted(inner, task("t.c", "[]", "{}"), task("t.sum", "[]", "{}"))));
        assertThat(plan.chords()).extracting(Plan.Chord::size).containsExactly(2, 1);
        var outer = plan.chords().get(0).group();
        assertThat(plan.chords().get(0).results()).isNull();
        var body = Signature.of(plan.messages().get(0).message().embed().chord());
        assertThat(body.task()).isEqualTo("t.b");
        assertThat(body.text("group_id")).isEqualTo(outer);
        assertThat(body.options().path("group_index").asInt(-1)).isZero();
        assertThat(body.options().path("chord").path("task").asText()).isEqualTo("t.sum");
        assertThat(plan.messages().get(1).message().group()).isEqualTo(outer);
    }

    @Test
    void aGroupAtTheEndOfAChainCountsWithAllItsTasks() {
        var group = flow("group", "'tasks': [%s, %s]".formatted(task("t.b", "[]", "{}"), task("t.c", "[]", "{}")));
        var chain = flow("chain", "'tasks': [%s, %s]".formatted(task("t.a", "[]", "{}"), group));
        var plan = launch(flow(
                "chord",
                "'header': [%s, %s], 'body': %s".formatted(chain, task("t.d", "[]", "{}"), task("t.sum", "[]", "{}"))));
        var chord = plan.chords().get(0);
        assertThat(chord.size()).isEqualTo(3);
        assertThat(chord.results())
                .as("one with children, one without")
                .hasSize(2)
                .extracting(tuple -> tuple.path(1).size())
                .containsExactly(2, 0);
        assertThat(chord.stored()).hasSize(2).containsValue("3");
        var rest = launch(plan.messages().get(0).message().embed().chain().get(0));
        assertThat(rest.messages())
                .extracting(routed -> routed.message().group())
                .containsOnly(chord.group());
    }

    @Test
    void theTasksThatAFailedStepKeepsFromRunningAreKnown() {
        var chord = flow(
                "chord",
                "'header': [%s], 'body': %s"
                        .formatted(task("t.a", "[]", "{}"), task("t.b", "[]", "{'task_id': 'body'}")));
        var chain = flow("chain", "'tasks': [%s, %s]".formatted(chord, task("t.c", "[]", "{'task_id': 'last'}")));
        assertThat(Ends.of(Signature.of(json(chain)))).extracting(Ends.End::id).containsExactly("body", "last");
    }

    @Test
    void chunksAreAGroupOfStarmaps() {
        var plan = launch(flow(
                "chunks", "'task': %s, 'it': [[1, 2], [3, 4], [5, 6]], 'n': 2".formatted(task("t.add", "[]", "{}"))));
        assertThat(plan.messages())
                .extracting(routed -> routed.message().task())
                .containsOnly("celery.starmap");
        assertThat(plan.messages().get(1).message().kwargs().path("it")).hasToString("[[5,6]]");
    }

    @Test
    void routesByNameUnlessTheSignatureSays() {
        var plan = new Plan();
        var lineage = Lineage.of(PARENT, name -> new Usual(name.startsWith("p.") ? "py" : "here", 4));
        new Launcher(lineage, plan, NOW).launch(Signature.of(json(task("p.add", "[]", "{}"))), List.of());
        assertThat(only(plan).route()).isEqualTo(Route.toQueue("py"));
        assertThat(only(plan).message().priority()).isEqualTo(4);
    }

    @Test
    void aPriorityOfItsOwnGoesBeforeTheUsualOne() {
        var plan = new Plan();
        var lineage = Lineage.of(PARENT, name -> new Usual("here", 4));
        new Launcher(lineage, plan, NOW).launch(Signature.of(json(task("t.add", "[]", "{'priority': 2}"))), List.of());
        assertThat(only(plan).message().priority()).isEqualTo(2);
    }

    @Test
    void goesThroughTheExchangeThatTheSignatureNames() {
        var signature = task("t.add", "[]", "{'exchange': 'orders', 'routing_key': 'eu.new'}");
        assertThat(only(launch(signature)).route()).isEqualTo(new Route("orders", "eu.new"));
    }

    private static Plan launch(String signature) {
        return launch(json(signature));
    }

    private static Plan launch(JsonNode signature) {
        var plan = new Plan();
        new Launcher(Lineage.of(PARENT, name -> new Usual("here", 0)), plan, NOW)
                .launch(Signature.of(signature), List.of(IntNode.valueOf(5)));
        return plan;
    }

    private static Plan launchNext(JsonNode chain) {
        var plan = new Plan();
        new Launcher(Lineage.of(PARENT, name -> new Usual("here", 0)), plan, NOW).launchNext(chain, List.of());
        return plan;
    }

    private static Routed only(Plan plan) {
        assertThat(plan.messages()).hasSize(1);
        return plan.messages().get(0);
    }

    private static String task(String name, String args, String options) {
        return "{'task': '%s', 'args': %s, 'kwargs': {}, 'options': %s, 'subtask_type': null, 'immutable': false}"
                .formatted(name, args, options);
    }

    private static String flow(String type, String kwargs) {
        return "{'task': 'celery.%s', 'args': [], 'kwargs': {%s}, 'options': {}, 'subtask_type': '%s', 'immutable': false}"
                .formatted(type, kwargs, type);
    }

    private static JsonNode json(String text) {
        try {
            return TypedJson.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
