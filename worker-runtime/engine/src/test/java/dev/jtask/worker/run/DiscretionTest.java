package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiscretionTest {

    private static final String SECRET = "s3cr3t";

    private final Job secret = Given.job(TaskMessage.builder("a", Given.TASK)
            .customHeaders(Map.of(JtaskHeaders.PROTECTION, "encrypted"))
            .build());

    @Test
    void ofAPlainTaskEverythingIsShown() {
        var done = new Outcome.Done(TextNode.valueOf(SECRET));

        assertThat(Given.job("a").shown(done)).isSameAs(done);
    }

    @Test
    void aValueIsNotShown() {
        assertThat(secret.shown(new Outcome.Done(TextNode.valueOf(SECRET))))
                .isEqualTo(new Outcome.Done(TextNode.valueOf("<encrypted>")));
    }

    @Test
    void ofAnExceptionOnlyItsClassesAndPlacesAreShown() {
        var cause = new IllegalArgumentException("no card %s\n\tat %s.pay(%s).java\nCaused by: %s and more\n at x"
                .formatted(SECRET, SECRET, SECRET, SECRET));
        var thrown = new IllegalStateException(SECRET + ":\n" + SECRET, cause);

        var shown = secret.shown(
                new Outcome.Failed(Thrown.error(thrown), Thrown.traceback(thrown), Outcome.Failed.Kind.UNEXPECTED));

        assertThat(shown).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().display()).isEqualTo("IllegalStateException('<encrypted>')");
            assertThat(failed.traceback())
                    .startsWith("java.lang.IllegalStateException\n\tat dev.jtask.worker.run.DiscretionTest.")
                    .contains("Caused by: java.lang.IllegalArgumentException\n")
                    .doesNotContain(SECRET);
        });
    }

    @Test
    void soItIsOfARetry() {
        var retry = new Outcome.Retry(Duration.ZERO, new RemoteError("E", List.of(SECRET), "m"), "E: " + SECRET);

        assertThat(secret.shown(retry).toString()).doesNotContain(SECRET);
    }

    @Test
    void aRefusalSaysWhyWhereThatIsOurOwnWord() {
        var unknown = Outcome.Refused.unfit("NotRegistered", "task t.x is not here");
        var wished = new Outcome.Refused(SECRET, RemoteError.celery("Reject", SECRET), Outcome.Refused.Kind.WISH, 0);

        assertThat(secret.shown(unknown)).isSameAs(unknown);
        assertThat(secret.shown(wished).toString())
                .contains("Reject: <encrypted>")
                .doesNotContain(SECRET);
    }

    @Test
    void thePasswordOfAPlainTaskIsTakenOutOfWhatIsToldOfItsFailure() {
        var failed = new Outcome.Failed(
                new RemoteError("LoginException", List.of("bob: h4nter2 is wrong", 7), "shop"),
                "shop.LoginException: bob: h4nter2 is wrong\n\tat shop.Login.in(Login.java:4)\n",
                Outcome.Failed.Kind.UNEXPECTED);

        assertThat(login("h4nter2").shown(failed)).isInstanceOfSatisfying(Outcome.Failed.class, shown -> {
            assertThat(shown.error().display()).isEqualTo("LoginException('bob: <redacted> is wrong', '7')");
            assertThat(shown.traceback()).contains("bob: <redacted> is wrong\n\tat shop.Login.in(Login.java:4)");
        });
        assertThat(Given.job("a").shown(failed)).isSameAs(failed);
    }

    @Test
    void aKeptResultTellsOfItsTaskWhatMayBeShown() {
        var telling = new Discretion(Redaction.USUAL, "node");
        var login = login("h4nter2");

        assertThat(login.details()).as("nobody asked for it").isNull();
        assertThat(telling.details(login)).isNotNull().satisfies(details -> {
            assertThat(details.task()).isEqualTo(login.message().task());
            assertThat(details.worker()).isEqualTo("node");
            assertThat(details.queue()).isEqualTo(Given.QUEUE);
            assertThat(details.toString()).doesNotContain("h4nter2");
        });
        assertThat(telling.details(secret)).isNotNull().satisfies(details -> {
            assertThat(details.args().isNull()).isTrue();
            assertThat(details.kwargs().isNull()).isTrue();
        });
    }

    @Test
    void howeverItIsSpelt() {
        var password = "a'b\"c\u00fc";
        var texts = List.of(password, "\"a'b\\\"c\u00fc\"", "'a\\'b\"c\u00fc'");
        for (var text : texts) {
            var refused = new Outcome.Refused(
                    "argument " + text, RemoteError.celery("TypeError", text), Outcome.Refused.Kind.UNFIT, 0);
            assertThat(login(password).shown(refused).toString()).doesNotContain("c\u00fc");
        }
    }

    @Test
    void aSecretThatWasCutIsNotShown() {
        var key = key();
        var reason = "argument 'password' is no UUID: from \"%s]...[%s\": it is longer"
                .formatted(key.substring(0, 500), key.substring(key.length() - 500));
        var refused =
                new Outcome.Refused(reason, RemoteError.celery("TypeError", reason), Outcome.Refused.Kind.UNFIT, 0);

        assertThat(login(key).shown(refused))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        shown -> assertThat(shown.reason())
                                .isEqualTo(
                                        "argument 'password' is no UUID: from \"<redacted>]...[<redacted>\": it is longer"));

        var thrown = new IllegalStateException("x".repeat(16 * 1024 - 100) + key);
        assertThat(failure(login(key), thrown).traceback()).endsWith("xxx<redacted>…");
    }

    @Test
    void aPemWithAnyLineEndsIsNotShown() {
        for (var end : List.of("\n", "\r\n", "\r")) {
            var pem = "-----BEGIN PRIVATE KEY-----%s%s%s-----END PRIVATE KEY-----%s"
                    .formatted(end, key().replaceAll("(.{64})", "$1" + end), end, end);

            var shown = failure(login(pem), new IllegalStateException("cannot read " + pem));

            assertThat(shown.traceback())
                    .startsWith("java.lang.IllegalStateException: cannot read <redacted>")
                    .doesNotContainPattern("[A-Z]{8}");
            assertThat(shown.error().display()).doesNotContainPattern("[A-Z]{8}");
        }
    }

    private static Outcome.Failed failure(Job job, Throwable thrown) {
        var failed = new Outcome.Failed(Thrown.error(thrown), Thrown.traceback(thrown), Outcome.Failed.Kind.UNEXPECTED);
        return job.shown(failed) instanceof Outcome.Failed shown ? shown : failed;
    }

    private static String key() {
        return new Random(2).ints(2_000, 'A', 'Z').mapToObj(Character::toString).collect(Collectors.joining());
    }

    @Test
    void aTextWithAShortSecretIsNotShownAtAll() {
        var retry = new Outcome.Retry(Duration.ZERO, new RemoteError("E", List.of("pin 42"), "m"), "E: pin 42");

        assertThat(login("42").shown(retry).toString()).doesNotContain("pin").contains("<redacted>");
    }

    @Test
    void argumentsAreShownWithoutThoseWhoseNamesHideThem() {
        var job = login("h4nter2");

        assertThat(job.shownMessage().args()).hasToString("[\"bob\",\"<redacted>\"]");
        assertThat(job.shownMessage().kwargs()).hasToString("{\"api_token\":\"<redacted>\"}");
        assertThat(job.shownMessage().kwargsRepr()).as("the sender's own text").isNull();
        assertThat(job.message().args()).as("what the task gets").hasToString("[\"bob\",\"h4nter2\"]");
        var plain = Given.job("a");
        assertThat(plain.shownMessage()).isSameAs(plain.message());
    }

    @Test
    void eachOfTheRestIsHidden() {
        var job = sent("logins.all", "ada", "one-secret", "two-secret");

        assertThat(job.shownMessage().args()).hasToString("[\"ada\",\"<redacted>\",\"<redacted>\"]");
        assertThat(failure(job, new IllegalStateException("neither one-secret nor two-secret"))
                        .error()
                        .display())
                .isEqualTo("IllegalStateException('neither <redacted> nor <redacted>')");
    }

    @Test
    void aSecretOfAnyTypeIsNotShown() {
        var token = UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        var byId = sent("logins.reset", token);
        assertThat(failure(byId, new IllegalStateException("no session for " + token))
                        .traceback())
                .startsWith("java.lang.IllegalStateException: no session for <redacted>\n\tat dev.jtask.worker.run.");

        var byBytes = sent("logins.open", (Object) "h4nter2".getBytes(StandardCharsets.UTF_8));
        assertThat(failure(byBytes, new IllegalStateException("wrong password h4nter2"))
                        .error()
                        .display())
                .isEqualTo("IllegalStateException('wrong password <redacted>')");

        var byKey = sent("logins.revoke", Map.of(token, "one", "tok-live-8f3", "two"));
        assertThat(failure(byKey, new IllegalStateException("neither %s nor tok-live-8f3".formatted(token)))
                        .error()
                        .display())
                .isEqualTo("IllegalStateException('neither <redacted> nor <redacted>')");
    }

    @Test
    void theTypeOfASecretAndItsFieldsAreNoSecrets() {
        var expiry = sent("logins.expire", LocalDate.of(2026, 1, 2), Map.of("id", "a-8f3c", "java", "b-8f3c"));
        var trace = failure(expiry, new IllegalStateException("update, 2026-01-02, a-8f3c"))
                .traceback();

        assertThat(trace)
                .startsWith(
                        "java.lang.IllegalStateException: update, <redacted>, <redacted>\n\tat dev.jtask.worker.run.");
    }

    private static Job sent(String task, Object... args) {
        var definition = TaskClasses.of(new Logins()).stream()
                .filter(each -> each.name().equals(task))
                .findFirst()
                .orElseThrow();
        var json = TypedJson.mapper().<ArrayNode>valueToTree(args);
        return Given.job(TaskMessage.builder("a", task).args(json).build(), definition);
    }

    /// A task with any number of secrets.
    public static final class Logins {

        @Task("logins.all")
        public void all(String user, String... passwords) {}

        @Task("logins.reset")
        public void reset(UUID token) {}

        @Task("logins.open")
        public void open(byte[] password) {}

        @Task("logins.revoke")
        public void revoke(Map<String, String> tokens) {}

        @Task("logins.expire")
        public void expire(LocalDate passwordExpiry, Map<String, String> credentials) {}
    }

    /// A call by position of a task with the parameters user and password.
    private static Job login(String password) {
        var body = new TaskBody() {
            @Override
            public Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) {
                return "";
            }

            @Override
            public String argumentName(int place) {
                return place == 1 ? "password" : "";
            }
        };
        var json = JsonNodeFactory.instance;
        var message = TaskMessage.builder("a", Given.TASK)
                .args(json.arrayNode().add("bob").add(password))
                .kwargs(json.objectNode().put("api_token", "t0ken"))
                .repr("('bob',)", "{'api_token': 't0ken'}")
                .build();
        return Given.job(message, new TaskDefinition(Given.TASK, body, TaskOptions.DEFAULT));
    }
}
