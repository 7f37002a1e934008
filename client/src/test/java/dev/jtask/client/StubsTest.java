package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.result.HiddenStubs;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Bodies of a stub's own methods, where no message is sent.
class StubsTest {

    @SuppressWarnings("NullAway") // nothing is sent
    private static final Stubs STUBS = new Stubs(null);

    /// Public, in a module that the client reads.
    @TaskName("open")
    public interface Open {
        default String greeting(String... names) {
            return "Dear " + String.join(" and ", names);
        }
    }

    @Test
    void aBodyRunsAlsoWhereItsInterfaceIsHidden() {
        assertThat(HiddenStubs.greeting(stub(HiddenStubs.mails()), "Ada")).isEqualTo("Dear Ada!?");
        assertThat(HiddenStubs.greeting(stub(HiddenStubs.letters()), "Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void aBodyOfAnOpenInterfaceRunsToo() {
        assertThat(STUBS.of(Open.class, UnaryOperator.identity()).greeting("Ada", "Bob"))
                .isEqualTo("Dear Ada and Bob");
    }

    @Test
    void whatABodyThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> HiddenStubs.fails(stub(HiddenStubs.mails())))
                .isExactlyInstanceOf(Exception.class)
                .hasMessage("the task's own");
    }

    private static Object stub(Class<?> type) {
        return STUBS.of(type, UnaryOperator.identity());
    }
}
