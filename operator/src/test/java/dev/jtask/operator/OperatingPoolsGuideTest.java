package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Reason;
import dev.jtask.operator.management.ManagementException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/operating-pools.md says what the operator and the chart do.
class OperatingPoolsGuideTest {

    private static final Pattern REASON = Pattern.compile(
            "(?:Finding\\.(?:yes|no|unknown)\\(\\s*Conditions\\.\\w+,|Rollout\\.Rejected\\(|String TOKENLESS =)\\s*\"([A-Z]\\w+)\"");
    private static final Pattern PODS_FAILING = Pattern.compile("Conditions\\.READY, \"(\\w+)\"");
    private static final Pattern EVENT = Pattern.compile(
            "(?:Announcement\\.\\w+\\(\\s*|to > from \\? |_REACHABLE, |QUEUES_READY, |\" : )\"([A-Z][a-z]+[A-Z]\\w+)(?=\")");

    @Test
    void namesEveryReasonOfACondition() throws IOException {
        var code = sources("status", "workload", "reconcile");
        var reasons = found(REASON, code);
        reasons.addAll(found(PODS_FAILING, code));
        Arrays.stream(ManagementException.Fault.values()).forEach(cause -> reasons.add(cause.reason()));
        assertThat(column(section("Conditions"), 1)).isEqualTo(reasons);
    }

    @Test
    void namesEveryReasonOfADecision() throws IOException {
        assertThat(column(section("Why so many replicas"), 0))
                .isEqualTo(Arrays.stream(Reason.values())
                        .map(Reason::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void namesEveryEvent() throws IOException {
        var code = sources("queue", "scaling", "event", "reconcile");
        assertThat(column(section("Events"), 0)).isEqualTo(found(EVENT, code));
    }

    @Test
    void namesEveryVariable() throws IOException {
        var names = found(
                Pattern.compile("\\$\\{(JTASK_OPERATOR_\\w+)"),
                Files.readString(Path.of("src/main/resources/application.properties")));
        Stream.of(OperatorConfig.Waits.class, OperatorConfig.Pods.class, OperatorConfig.Trust.class)
                .flatMap(group -> Arrays.stream(group.getMethods()))
                .forEach(method -> names.add("JTASK_OPERATOR_" + upper(method.getName())));
        Arrays.stream(OperatorConfig.LeaderElection.class.getMethods())
                .forEach(method -> names.add("JTASK_OPERATOR_LEADER_ELECTION_" + upper(method.getName())));
        assertThat(column(section("Operator variables"), 0)).isEqualTo(names).isEqualTo(KnownVariables.NAMES.all());
    }

    @Test
    void namesEveryChartValue() throws IOException {
        var values = new TreeSet<String>();
        Map<?, ?> tree = Serialization.unmarshal(Files.readString(Path.of("../helm/jtask/values.yaml")), Map.class);
        tree.forEach((name, value) -> collect(String.valueOf(name), value, values));
        values.removeIf(name -> name.startsWith("resources."));
        values.add("resources");
        assertThat(column(section("Chart values"), 0)).isEqualTo(values);
    }

    @Test
    void namesEveryMetric() throws IOException {
        var code = sources("", "reconcile");
        var names = found(Pattern.compile("\"(jtask\\.pool\\.[a-z.]+|jtask\\.broker\\.[a-z.]+)\""), code).stream()
                .map(name -> name.replace('.', '_'))
                .map(name -> name.equals("jtask_broker_probe") ? name + "_seconds" : name)
                .map(name -> name.matches(".*_(decisions|changes)") ? name + "_total" : name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(column(section("Metrics").replaceAll("\\{[a-z,]+}`", "`"), 0))
                .isEqualTo(names);
    }

    private static void collect(String name, Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, inner) -> collect(name + "." + key, inner, into));
        } else {
            into.add(name);
        }
    }

    private static String section(String title) throws IOException {
        var guide = Files.readString(Path.of("../docs/operating-pools.md"));
        var start = guide.indexOf("\n## " + title + "\n");
        assertThat(start).as(title).isNotNegative();
        int end = guide.indexOf("\n## ", start + 1);
        return end < 0 ? guide.substring(start) : guide.substring(start, end);
    }

    /// The words in code style of one column of a section's table.
    private static Set<String> column(String section, int column) {
        var cells = section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[column + 1])
                .collect(Collectors.joining());
        return found(Pattern.compile("`([^`]+)`"), cells);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources(String... rooms) throws IOException {
        var text = new StringBuilder();
        for (var room : rooms) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/jtask/operator", room))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }

    private static String upper(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
