package dev.jtask.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresNodeIT {

    @Test
    void keepsWhatWasCommittedOverAKillAndLeavesNoProcessBehind() throws Exception {
        try (var node = PostgresNode.start()) {
            assertThat(ask(node, node.password(), "CREATE TABLE kept AS SELECT 42 AS answer"))
                    .contains("SELECT 1");

            node.kill();
            assertThat(ask(node, node.password(), "SELECT 1")).contains("refused");
            node.resume();

            assertThat(ask(node, node.password(), "SELECT answer FROM kept")).contains("42");
            assertThat(ask(node, "guessed", "SELECT answer FROM kept")).contains("password authentication failed");
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private static String ask(PostgresNode node, String password, String sql) throws Exception {
        var url = node.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + node.user() + "@");
        var builder = new ProcessBuilder("psql", url, "-c", sql).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        var asked = builder.start();
        var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
