package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterEditTest {

    private final LetterEdit letter = new LetterEdit(
            "t.any",
            JsonNodeFactory.instance.arrayNode().add(1).add("x"),
            JsonNodeFactory.instance.objectNode().put("deep", true),
            "q");

    @Test
    void changesWhatIsAskedForAndNothingElse() {
        assertThat(letter.withArg(1, List.of(2)))
                .hasToString("LetterEdit[task=t.any, args=[1,[2]], kwargs={\"deep\":true}, queue=q]");
        assertThat(letter.withArgs("a", null))
                .hasToString("LetterEdit[task=t.any, args=[\"a\",null], kwargs={\"deep\":true}, queue=q]");
        assertThat(letter.withoutKwarg("deep").withKwarg("wide", 3))
                .hasToString("LetterEdit[task=t.any, args=[1,\"x\"], kwargs={\"wide\":3}, queue=q]");
        assertThat(letter.withTask("t.new").withQueue("other"))
                .returns("t.new", LetterEdit::task)
                .returns("other", LetterEdit::queue);
        assertThat(letter)
                .as("the first one")
                .hasToString("LetterEdit[task=t.any, args=[1,\"x\"], kwargs={\"deep\":true}, queue=q]");
    }

    @Test
    void namesAPlaceThatIsNotThere() {
        assertThatThrownBy(() -> letter.withArg(2, 1)).hasMessageContaining("2 argument(s) by position, and none at 2");
        assertThatThrownBy(() -> letter.withArg(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
