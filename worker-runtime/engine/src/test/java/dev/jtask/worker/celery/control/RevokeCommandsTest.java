package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Job;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeCommandsTest {

    private final FakeTasks tasks = new FakeTasks();
    private final Job one = Samples.job(TaskMessage.builder("one", "t.add").build());
    private final Job two = Samples.job(TaskMessage.builder("two", "t.add")
            .stamps(List.of("tenant"), Map.of("tenant", List.of("a", "b")))
            .build());

    @Test
    void revokesWithoutDisturbingWhatRuns() {
        tasks.running.add(one);
        assertThat(answer("revoke", "{'task_id': ['one', 'three']}"))
                .isEqualTo("tasks {'one', 'three'} flagged as revoked");
        assertThat(tasks.revoked).containsOnlyKeys("one", "three");
        assertThat(one.cause()).isNull();
    }

    @Test
    void terminatesWhatRuns() {
        tasks.running.addAll(List.of(one, two));
        assertThat(answer("revoke", "{'task_id': 'one', 'terminate': true, 'signal': 'KILL'}"))
                .isEqualTo("terminate: one");
        assertThat(answer("terminate", "{'task_id': ['two'], 'signal': null}")).isEqualTo("terminate: two");
        assertThat(answer("terminate", "{'task_id': ['three']}")).isEqualTo("terminate: tasks unknown");
        assertThat(one.cause()).isEqualTo(Job.Cause.REVOKED);
        assertThat(two.cause()).isEqualTo(Job.Cause.REVOKED);
        assertThat(tasks.revoked).containsOnlyKeys("one", "two", "three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'task_id': null}",
                "{'task_id': [['a']]}",
                "{'task_id': {'a': 1}}",
                "{'task_id': 5}",
                "{'task_id': ''}"
            })
    void refusesWhatIsNoId(String arguments) {
        assertThat(answer("revoke", arguments)).startsWith("! ValueError('task_id ");
        assertThat(answer("terminate", arguments)).startsWith("! ValueError('task_id ");
        assertThat(tasks.revoked).isEmpty();
    }

    @Test
    void refusesIdsOfAnyLength() {
        assertThat(answer("revoke", "{'task_id': '%s'}".formatted("x".repeat(256))))
                .isEqualTo("! ValueError('task_id may have at most 255 bytes')");
    }

    @Test
    void revokesByStamp() {
        tasks.running.addAll(List.of(one, two));
        assertThat(answer("revoke_by_stamped_headers", "{'headers': {'tenant': ['b', 'c']}}"))
                .isEqualTo("headers {'tenant': ['b', 'c']} flagged as revoked, but not terminated");
        assertThat(two.cause()).isNull();
        assertThat(answer("revoke_by_stamped_headers", "{'headers': ['tenant=b'], 'terminate': true}"))
                .isEqualTo("headers {'tenant': {'b'}} revoked");
        assertThat(answer("revoke_by_stamped_headers", "{'headers': {'tenant': 'z'}, 'terminate': true}"))
                .isEqualTo("headers {'tenant': 'z'} were not terminated");
        assertThat(tasks.stamps.latest(10)).containsEntry("tenant", List.of("c", "b", "z"));
        assertThat(one.cause()).isNull();
        assertThat(two.cause()).isEqualTo(Job.Cause.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'headers': {}}", "{'headers': []}", "{'headers': ['nothing']}", "{'headers': 5}"})
    void refusesWhatIsNoHeader(String arguments) {
        assertThat(answer("revoke_by_stamped_headers", arguments)).startsWith("! ValueError(");
        assertThat(tasks.stamps.latest(10)).isEmpty();
    }

    private String answer(String method, String arguments) {
        return Samples.answer(RevokeCommands.of(tasks), method, arguments);
    }
}
