package dev.jtask.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.scaler.Jtask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void aUsersHistoryIsJudgedInTablesAndDrawnOnOnePage() throws IOException {
        var page = folder.resolve("new").resolve("page.html");
        var out = new ByteArrayOutputStream();

        Main.simulate(options(Map.of("RECORD", record().toString(), "PAGE", page.toString())), printing(out));

        var told = out.toString(StandardCharsets.UTF_8);
        assertThat(told.lines().filter(line -> line.startsWith("mine ")))
                .as("its row of the table")
                .hasSize(1);
        assertThat(told)
                .containsPattern("(?m)^aim +is +aimed at$")
                .containsPattern("(?m)^loads on which no KEDA setting is better in both +[01] of 1, ")
                .containsPattern("(?m)^tasks interrupted by scaling +0 +0$")
                .contains("with charts: " + page);
        assertThat(page)
                .content()
                .contains("<h2>mine</h2>", "aimed at", "<polyline", "<circle")
                .as("it needs nothing else")
                .doesNotContainPattern("(?i)\\b(src|href)\\s*=|://|@import|url\\(|<script");
    }

    @Test
    void theHistoryIsMetByThePoolThatTheUserHas() throws IOException {
        var load = load(Map.of(
                "RECORD",
                record().toString(),
                "SECONDS",
                "4",
                "SLOTS",
                "8",
                "MAX",
                "12",
                "STARTUP",
                "20",
                "DRAIN",
                "60"));

        assertThat(load.shape().slots()).isEqualTo(8);
        assertThat(load.shape().maxReplicas()).isEqualTo(12);
        assertThat(load.shape().startup()).isEqualTo(20);
        assertThat(load.shape().drain()).isEqualTo(60);
        assertThat(load.meanSeconds()).isBetween(3.0, 5.0);
        assertThat(load.tasks().count()).as("20 rows of 20").isBetween(320, 480);
    }

    @Test
    void thePolicyIsTheResourcesUnlessAskedForAnother() {
        assertThat(options(Map.of()).policy()).isEqualTo(Jtask.DEFAULTS);
        assertThat(options(Map.of("UTILIZATION", "70", "WINDOW", "120", "OBJECTIVE", "300"))
                        .policy())
                .isEqualTo(new Jtask(0.7, Duration.ofMinutes(2), Duration.ofMinutes(5)));
    }

    @Test
    void whatIsNoNumberIsNamedWithOneThatIs() {
        assertThatThrownBy(() -> options(Map.of("SLOTS", "many")))
                .hasMessage("SLOTS is 'many': set it to a number, such as SLOTS=4");
    }

    @Test
    void someOfTheBuiltInLoadsCanBeAskedFor() throws IOException {
        assertThat(Main.loads(options(Map.of("ONLY", "long.*"))))
                .extracting(Load::name)
                .containsExactly("long", "long-hasty", "long-burst");
    }

    private Load load(Map<String, String> variables) throws IOException {
        return Main.loads(options(variables)).getFirst();
    }

    private Path record() throws IOException {
        return Files.writeString(
                folder.resolve("mine.csv"),
                IntStream.range(0, 20)
                        .mapToObj(row -> row * 10 + ",20")
                        .collect(Collectors.joining("\n", "second,arrivals\n", "\n")));
    }

    private static Options options(Map<String, String> variables) {
        return Options.of(variables);
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
