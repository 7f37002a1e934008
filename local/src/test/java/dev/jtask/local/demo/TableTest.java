package dev.jtask.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void printsAHeaderAndTheRateSinceTheRowBefore() {
        var bytes = new ByteArrayOutputStream();
        var table = new Table(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        table.print(10, snapshot(0, OptionalLong.empty()));
        table.print(12, snapshot(100, OptionalLong.of(7)));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                 time  backlog   ready  unacked  desired ready/pods   busy  tasks/s   done  scaling
                  10s        -       5        2        4        3/4      2        0      0  seven wait
                  12s        7       5        2        4        3/4      2       50    100  seven wait
                """);
    }

    private static Snapshot snapshot(int done, OptionalLong backlog) {
        return new Snapshot(backlog, OptionalLong.of(5), OptionalLong.of(2), 4, 3, 4, 2, done, "seven wait");
    }
}
