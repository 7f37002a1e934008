package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.Task;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VeilTest {

    private final TaskRegistry registry = new TaskRegistry(TaskClasses.of(new Accounts()));
    private final Veil veil = new Veil(Redaction.USUAL, registry::find);

    @Test
    void valuesAreHiddenAtAnyDepth() {
        assertThat(shown("[{'user': 'a', 'login': {'password': 'b', 'tokens': ['c', 4]}}, 'd']", "{'secret': true}"))
                .hasToString(
                        "[{'user':'a','login':{'password':'<redacted>','tokens':'<redacted>'}},'d'] {'secret':'<redacted>'}");
        assertThat(veil.hidden().values()).containsExactlyInAnyOrder("b", "c", "4");
    }

    @Test
    void whereNothingIsHiddenNothingIsCopied() {
        var given = new Veil.Arguments(array("[{'user': {'name': 'a'}}]"), object("{'n': [1, {}]}"));
        var shown = veil.over(Given.TASK, Given.DEFINITION, given);

        assertThat(shown.args()).isSameAs(given.args());
        assertThat(shown.kwargs()).isSameAs(given.kwargs());
        assertThat(veil.hidden().isNone()).isTrue();
    }

    @Test
    void whatIsGivenByPositionHasTheNameOfTheParameter() {
        assertThat(shown("t.login", "['bob', 'b0', 'x']", "{}")).hasToString("['bob','<redacted>','x'] {}");
        assertThat(shown("t.none", "['bob', 'b0']", "{}")).hasToString("['bob','b0'] {}");
    }

    @Test
    void soHaveTheItemsOfACallOfMany() {
        assertThat(shown(
                        "celery.map",
                        "[]",
                        "{'task': {'task': 't.unlock', 'args': ['x', 'b1']}, 'it': ['b2', {'a': 'b3'}]}"))
                .hasToString("[] {'task':{'task':'t.unlock','args':['x','b1']},'it':['<redacted>','<redacted>']}");
        assertThat(veil.hidden().values()).containsExactlyInAnyOrder("b2", "b3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery.starmap", "celery.chunks"})
    void andItsListsOfArguments(String how) {
        assertThat(shown(
                        how, "[]", "{'task': {'task': 't.login'}, 'it': [['ada', 'b1'], ['bob', 'b2', 'x'], ['eve']]}"))
                .hasToString(
                        "[] {'task':{'task':'t.login'},'it':[['ada','<redacted>'],['bob','<redacted>','x'],['eve']]}");
        assertThat(veil.hidden().values()).containsExactlyInAnyOrder("b1", "b2");
    }

    @Test
    void itsArgumentsForAllComeAfterThoseOfEachItem() {
        assertThat(shown("celery.map", "[]", "{'task': {'task': 't.login', 'args': ['b1', 'x']}, 'it': ['ada']}"))
                .hasToString("[] {'task':{'task':'t.login','args':['<redacted>','x']},'it':['ada']}");
        assertThat(shown(
                        "celery.starmap",
                        "[]",
                        "{'task': {'task': 't.login', 'args': ['b1', 'b2', 'x']}, 'it': [[], ['a']]}"))
                .hasToString("[] {'task':{'task':'t.login','args':['<redacted>','<redacted>','x']},'it':[[],['a']]}");
    }

    @Test
    void itIsTheSameByPosition() {
        assertThat(shown("celery.starmap", "[{'task': 't.login'}, [['ada', 'b1']], 'x']", "{}"))
                .hasToString("[{'task':'t.login'},[['ada','<redacted>']],'x'] {}");
    }

    @Test
    void aSignatureWithinArgumentsIsACallToo() {
        assertThat(shown(
                        "celery.chord_unlock",
                        "['group', {'task': 't.login', 'args': ['ada', 'b1'], 'immutable': true}]",
                        "{}"))
                .hasToString("['group',{'task':'t.login','args':['ada','<redacted>'],'immutable':true}] {}");
        assertThat(shown(
                        "celery.chord_unlock",
                        "[]",
                        "{'callback': {'task': 't.login', 'args': ['b1', 'b2', 'x'], 'kwargs': {'pin_token': 'b3'}}}"))
                .as("after the parent's result, or not")
                .hasToString(
                        "[] {'callback':{'task':'t.login','args':['<redacted>','<redacted>','x'],'kwargs':{'pin_token':'<redacted>'}}}");
    }

    @Test
    void andWhatFollowsItOrIsPartOfIt() {
        assertThat(shown(
                        "[{'task': 'celery.group', 'kwargs': {'tasks': [{'task': 'celery.starmap',"
                                + " 'kwargs': {'task': {'task': 't.login'}, 'it': [['ada', 'b1']]}}]},"
                                + " 'options': {'link': [{'task': 't.unlock', 'args': ['b2']}]}}]",
                        "{}"))
                .hasToString("[{'task':'celery.group','kwargs':{'tasks':[{'task':'celery.starmap',"
                        + "'kwargs':{'task':{'task':'t.login'},'it':[['ada','<redacted>']]}}]},"
                        + "'options':{'link':[{'task':'t.unlock','args':['<redacted>']}]}}] {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'task': 7, 'it': 'x'}|{'task':7,'it':'x'}",
                "{'it': [['b1']]}|{'it':[['b1']]}",
                "{'task': {'task': 't.unlock'}}|{'task':{'task':'t.unlock'}}",
                "{'task': {'task': 't.unlock', 'args': 'x', 'kwargs': 7}, 'it': [7, {'n': 'b1'}]}"
                        + "|{'task':{'task':'t.unlock','args':'x','kwargs':7},'it':[7,'<redacted>']}",
                "{'task': {'task': 't.unlock'}, 'it': {'n': ['b1']}}"
                        + "|{'task':{'task':'t.unlock'},'it':{'n':['<redacted>']}}"
            })
    void whatIsNoCallIsNoFault(String kwargs, String expected) {
        assertThat(shown("celery.starmap", "[]", kwargs)).hasToString("[] " + expected);
    }

    @Test
    @Timeout(60)
    void anyNumberOfArgumentsBeforeAnyNumberOfOthersIsLookedAtOnce() {
        var items = JsonNodeFactory.instance.arrayNode();
        var longest = items.addArray();
        items.addArray().add("ada").add("b1");
        for (int i = 0; i < 100_000; i++) {
            longest.add(i);
        }
        var kwargs = JsonNodeFactory.instance.objectNode();
        kwargs.putObject("task").put("task", "t.login").set("args", longest.deepCopy());
        kwargs.set("it", items);

        var shown = veil.over(
                "celery.starmap", Given.DEFINITION, new Veil.Arguments(JsonNodeFactory.instance.arrayNode(), kwargs));

        assertThat(shown.kwargs().at("/it/1/1").asText()).isEqualTo(Redaction.NOT_SHOWN);
    }

    private String shown(String args, String kwargs) {
        return shown(Given.TASK, args, kwargs);
    }

    private String shown(String task, String args, String kwargs) {
        var definition = registry.find(task);
        TaskDefinition known = definition == null ? Given.DEFINITION : definition;
        var shown = veil.over(task, known, new Veil.Arguments(array(args), object(kwargs)));
        return (shown.args() + " " + shown.kwargs()).replace('"', '\'');
    }

    private static ArrayNode array(String text) {
        return (ArrayNode) json(text);
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        try {
            return TypedJson.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Tasks with secrets.
    public static final class Accounts {

        @Task("t.login")
        public void login(String user, String password, String hint) {}

        @Task("t.unlock")
        public void unlock(String token) {}
    }
}
