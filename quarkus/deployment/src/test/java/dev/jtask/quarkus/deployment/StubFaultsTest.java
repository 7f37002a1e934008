package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;
import java.io.IOException;
import java.util.List;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

class StubFaultsTest {

    @TaskStub
    @TaskName("good")
    interface Good {
        TaskHandle<String> wanted(int number);

        void ignored();

        default String plain() {
            return "";
        }
    }

    @TaskStub
    interface Wrong {
        void nameless();

        @TaskName("wrong.direct")
        String direct();

        @TaskName("wrong.raw")
        @SuppressWarnings("rawtypes")
        TaskHandle raw();
    }

    @TaskStub
    @TaskName("no")
    static class NoInterface {}

    @Test
    void aStubOfHandlesAndVoidsIsRight() throws IOException {
        assertThat(faults(Good.class)).isEmpty();
    }

    @Test
    void namesTheMethodAndTheFix() throws IOException {
        assertThat(faults(Wrong.class))
                .hasSize(3)
                .anySatisfy(
                        fault -> assertThat(fault)
                                .endsWith(
                                        "StubFaultsTest$Wrong.nameless names no task; add @TaskName(\"…\") to it, or to Wrong for all"))
                .anySatisfy(fault -> assertThat(fault)
                        .contains("Wrong.direct must return TaskHandle<R>, or void")
                        .endsWith("it returns java.lang.String"))
                .anySatisfy(fault -> assertThat(fault).contains("Wrong.raw must return TaskHandle<R>"));
        assertThat(faults(NoInterface.class)).singleElement().asString().endsWith("is no interface; a stub needs one");
    }

    private static List<String> faults(Class<?> type) throws IOException {
        return StubFaults.of(Index.of(type).getClassByName(type));
    }
}
