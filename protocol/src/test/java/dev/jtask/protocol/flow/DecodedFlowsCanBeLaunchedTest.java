package dev.jtask.protocol.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.Mutations;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedFlowsCanBeLaunchedTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<JsonNode> RESULTS = List.of(
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.arrayNode().add(1).addObject(),
            JsonNodeFactory.instance.textNode("x"),
            JsonNodeFactory.instance.numberNode(Double.NaN),
            JsonNodeFactory.instance.objectNode().put("__type__", "uuid").put("__value__", "?"));

    @Test
    void whateverIsDecodedCanBeFollowedUp() {
        var mutations = new Mutations(8);
        int flows = 0;
        for (int i = 0; i < 20_000; i++) {
            var message = mutations.next();
            if (TaskCodec.decode(message) instanceof Decoded decoded) {
                var result = RESULTS.get(i % RESULTS.size());
                assertThatCode(() -> follow(decoded.task(), result))
                        .as("%s", new String(message.body(), StandardCharsets.ISO_8859_1))
                        .doesNotThrowAnyException();
                flows++;
            }
        }
        assertThat(flows).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'chain': [5]",
                "'chain': {'task': 't'}",
                "'chain': 'x'",
                "'callbacks': [{}]",
                "'callbacks': 7",
                "'errbacks': [1]",
                "'chord': []",
                "'chord': {'args': []}",
                "'chain': [{'task': 't', 'args': {}}]",
                "'chain': [{'task': 't', 'options': {'countdown': 1e300}}]",
                "'chain': [{'task': 't', 'options': {'countdown': NaN}}]",
                "'chain': [{'task': 't', 'options': {'eta': '2023-02-29T00:00:00'}}]",
                "'chain': [{'task': 't', 'options': {'eta': '+100000-01-01T00:00:00'}}]",
                "'callbacks': [{'task': 't', 'options': {'expires': 'soon'}}]",
                "'callbacks': [{'task': 't', 'options': {'eta': '9999-12-31T23:59:59-01:00'}}]",
                "'callbacks': [{'task': 't', 'options': {'expires': '0001-01-01T00:00:00+01:00'}}]",
                "'callbacks': [{'task': 't', 'options': {'priority': 1.5}}]",
                "'callbacks': [{'task': 't', 'options': {'time_limit': -1}}]",
                "'callbacks': [{'task': 't', 'options': {'link': [null]}}]",
                "'callbacks': [{'task': 'c', 'subtask_type': 'chord', 'kwargs': {'header': [{'task': 't'}]}}]",
                "'callbacks': [{'task': 'c', 'subtask_type': 'group', 'kwargs': {'tasks': [1]}}]",
                "'callbacks': [{'task': 'c', 'subtask_type': 'chunks', 'kwargs': {'it': [], 'n': 0}}]",
            })
    void whatCouldNotBeLaunchedIsRefusedBeforeItsTaskRuns(String embed) {
        var result = TaskCodec.decode(message("{" + embed + "}"));
        assertThat(result).isInstanceOf(Malformed.class);
        assertThat(((Malformed) result).reason()).containsPattern("^(chain|callbacks|errbacks|chord)");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void whatCouldNotBeSentIsRefusedBeforeItsTaskRuns(String headers, String reason) {
        var link = "'callbacks': [{'task': 't', 'options': {'headers': {%s}}}]".formatted(headers);

        assertThat(TaskCodec.decode(message("{" + link + "}")))
                .isInstanceOfSatisfying(
                        Malformed.class, refused -> assertThat(refused.reason()).contains(reason));
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("'x': NaN", "header x in option headers is NaN"),
                arguments("'x': [{'y': -Infinity}]", "header y in option headers is -Infinity"),
                arguments("'x': 0.12345678901234567890", "more digits than a double"),
                arguments("'x': '%s'".formatted("a".repeat(200_000)), "longer than 65536 characters"),
                arguments("'x': '%1$s', 'y': '%1$s'".formatted("é".repeat(30_000)), "more than 100000 bytes"),
                arguments("'x': %s1%s".formatted("[".repeat(40), "]".repeat(40)), "deeper than 30 levels"),
                arguments("'compression': 'foo'", "compression foo is not supported"),
                arguments("'CC': 'audit'", "header CC in option headers is no array"));
    }

    @Test
    void headersThatAmqpKnowsAreSent() {
        var headers = "'a': 1.5, 'b': [1, null, true], 'c': {'d': 'é'}, 'compression': 'gzip', 'CC': ['audit']";
        var link = "'callbacks': [{'task': 't', 'options': {'headers': {%s}}}]".formatted(headers);

        assertThat(TaskCodec.decode(message("{" + link + "}"))).isInstanceOf(Decoded.class);
    }

    @Test
    void naiveDatesAreUtcAsInCelery() {
        var moment = "2026-11-24T00:00:00";
        for (var date : List.of("'%s'", "'%s+00:00'", "{'__type__': 'datetime', '__value__': '%s'}")) {
            var options = "{'eta': %1$s, 'expires': %1$s}".formatted(date.formatted(moment));
            var decoded =
                    (Decoded) TaskCodec.decode(message("{'chain': [{'task': 't', 'options': %s}]}".formatted(options)));
            var next = follow(decoded.task(), RESULTS.get(0)).messages().get(0).message();
            assertThat(next.eta()).isEqualTo(moment + "Z");
            assertThat(next.expires()).isEqualTo(moment + "Z");
        }
    }

    @Test
    void nestingOfSignaturesIsLimited() {
        var link = "{'task': 't', 'options': {'link': [".repeat(101) + "{'task': 't'}" + "]}}".repeat(101);
        var result = TaskCodec.decode(message("{'callbacks': [" + link + "]}"));
        assertThat(((Malformed) result).reason()).contains("100 signatures");
    }

    @Test
    void aLargeGroupWithALinkIsLaunched() {
        var group = group(tasks(10_000), "'link': [%s], 'link_error': [%s]".formatted(tasks(1), tasks(1)));
        var decoded = (Decoded) TaskCodec.decode(message("{'callbacks': [%s]}".formatted(group)));

        assertThat(follow(decoded.task(), RESULTS.get(0)).messages()).hasSize(10_000);
    }

    @Test
    void aChainWhoseStepsHaveALargeErrorCallbackIsLaunched() {
        var decoded = (Decoded) TaskCodec.decode(message(
                "{'errbacks': [%s]}".formatted(chain(tasks(200), "'link_error': [%s]".formatted(large(5_000))))));

        var plan = follow(decoded.task(), RESULTS.get(0));
        assertThat(plan.messages())
                .singleElement()
                .satisfies(
                        routed -> assertThat(routed.message().embed().chain()).hasSize(199));
    }

    static Stream<Arguments> heavy() {
        var errors = "'link_error': [%s]".formatted(large(Limits.BODY_BYTES / 1_000));
        var escaped =
                "'link_error': [%s]".formatted(large(Limits.BODY_BYTES / 4_000).replace('x', 'é'));
        var links = "'link': [%s]".formatted(large((int) (Limits.COPIED_BYTES / 5_000)));
        var few = chain(tasks(40), "");
        return Stream.of(
                        arguments(chain(tasks(1_000), errors), "bytes in one message"),
                        arguments(chain(tasks(1_000), escaped), "bytes in one message"),
                        arguments(
                                chain(String.join(",", Collections.nCopies(25, few)), errors), "bytes in one message"),
                        arguments(group(tasks(5_000), links), "bytes of links with its tasks"))
                .flatMap(each -> Stream.of("callbacks", "errbacks", "chain", "chord")
                        .map(part -> arguments(part, each.get()[0], each.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("heavy")
    void whatAMessageWouldMakeIsLimitedByItsWeight(String part, String flow, String limit) {
        var written = part.equals("chain") ? "[" + flow + "]" : flow;

        assertThat(TaskCodec.decode(message("{'%s': %s}".formatted(part, written))))
                .isInstanceOfSatisfying(Malformed.class, refused -> {
                    assertThat(refused.reason())
                            .startsWith(part + " would send")
                            .contains(limit, "of which at most");
                    assertThat(refused.rest()).isNull();
                });
    }

    static Stream<Arguments> squares() {
        var links = "'link': [%s]".formatted(tasks(5_000));
        var errors = "'link_error': [%s]".formatted(tasks(5_000));
        var nested = String.join(",", Collections.nCopies(70, chain(tasks(70), "")));
        var chunks = "{'task': 'c', 'subtask_type': 'chunks', 'kwargs': {'task': {'task': 't'}, 'it': [%s0], 'n': 1}}"
                .formatted("0,".repeat((int) Limits.LAUNCHED_TASKS));
        var chord = "{'task': 'c', 'subtask_type': 'chord', 'kwargs': {'header': [%s], 'body': %s}, 'options': {%s}}";
        return Stream.of(
                        group(tasks(5_000), links),
                        group(tasks(5_000), errors),
                        group(group(tasks(5_000), ""), links),
                        chain(tasks(5_000), errors),
                        chain(nested, errors),
                        chain("{'task': 't'}," + group(tasks(5_000), ""), links),
                        group(chain(tasks(5_000), ""), errors),
                        chord.formatted(tasks(2), group(tasks(5_000), ""), links),
                        chord.formatted(group(tasks(5_000), links), "{'task': 't'}", ""),
                        "{'task': 't', 'options': {'link': [%s]}}".formatted(group(tasks(5_000), links)),
                        "{'task': 't', 'options': {'chain': [%s]}}".formatted(group(tasks(5_000), links)),
                        chunks)
                .flatMap(flow -> Stream.of(
                        arguments("callbacks", "[%s]".formatted(flow)),
                        arguments("errbacks", flow),
                        arguments("chain", "[{'task': 't'}, %s]".formatted(flow)),
                        arguments("chord", flow)));
    }

    @ParameterizedTest
    @MethodSource("squares")
    void whatASmallMessageWouldMakeIsLimited(String part, String flow) {
        var result = TaskCodec.decode(message("{'%s': %s}".formatted(part, flow)));

        assertThat(result).isInstanceOfSatisfying(Malformed.class, refused -> {
            assertThat(refused.reason()).startsWith(part + " would send").contains("of which at most", "more memory");
            assertThat(refused.rest())
                    .satisfiesAnyOf(
                            rest -> assertThat(rest).isNull(),
                            rest -> assertThat(requireNonNull(rest).embed().chain())
                                    .hasSize(1));
        });
    }

    /// A task with a text of so many characters.
    private static String large(int characters) {
        return "{'task': 't', 'args': ['%s']}".formatted("x".repeat(characters));
    }

    private static String chain(String tasks, String options) {
        return "{'task': 'c', 'subtask_type': 'chain', 'kwargs': {'tasks': [%s]}, 'options': {%s}}"
                .formatted(tasks, options);
    }

    private static String group(String tasks, String options) {
        return "{'task': 'c', 'subtask_type': 'group', 'kwargs': {'tasks': [%s]}, 'options': {%s}}"
                .formatted(tasks, options);
    }

    private static String tasks(int count) {
        return Stream.generate(() -> "{'task': 't'}").limit(count).collect(Collectors.joining(","));
    }

    private static Plan follow(TaskMessage task, JsonNode result) {
        var plan = new Plan();
        var launcher = new Launcher(Lineage.of(task, name -> new Usual("here", 0)), plan, NOW);
        var embed = task.embed();
        Signature.list(embed.callbacks()).forEach(each -> launcher.launch(each, List.of(result)));
        Signature.list(embed.errbacks()).forEach(each -> launcher.launch(each, List.of(result)));
        if (embed.chain() instanceof ArrayNode chain && !chain.isEmpty()) {
            launcher.launch(Signature.of(chain.get(chain.size() - 1)).with("chain", chain), List.of(result));
        }
        Ends.of(embed.chain());
        if (embed.chord().isObject()) {
            var body = Signature.of(embed.chord());
            body.counts();
            body.id();
            Ends.of(body);
            launcher.launch(body, List.of(result));
        }
        plan.chords().forEach(Plan.Chord::stored);
        plan.messages().forEach(routed -> TaskCodec.encode(routed.message(), NOW));
        return plan;
    }

    private static WireMessage message(String embed) {
        return new WireMessage(
                WireProperties.json(2, Map.of("task", "t", "id", "i")),
                "[[],{},%s]".formatted(embed).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
