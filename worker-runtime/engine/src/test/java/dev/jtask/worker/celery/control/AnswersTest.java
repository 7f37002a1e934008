package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void printsSetsAndExceptionsAsPythonDoes() {
        assertThat(Answers.set(List.of("a", "b"))).isEqualTo("{'a', 'b'}");
        assertThat(Answers.set(List.of())).isEqualTo("set()");
        assertThat(Answers.raised("ValueError", "it's")).isEqualTo(Answers.error("ValueError('it\\'s')"));
    }

    @Test
    void takesOneTextForAListOfOne() {
        var json = Samples.json("{'one': 'a', 'two': ['a', 'b'], 'none': null}");
        assertThat(Answers.texts(json.path("one"))).containsExactly("a");
        assertThat(Answers.texts(json.path("two"))).containsExactly("a", "b");
        assertThat(Answers.texts(json.path("none"))).isEmpty();
        assertThat(Answers.texts(json.path("absent"))).isEmpty();
    }
}
