package dev.jtask.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `Main rules REPOSITORY signed|unsigned`, `Main same REPOSITORY REPOSITORY` or
/// `Main chart FOLDER TARGET VERSION REGISTRY DIGEST http|https`; exits with 1 when something is wrong.
final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException {
        var wrong = switch (args[0]) {
            case "rules" -> rules(Path.of(args[1]), args[2].equals("signed"));
            case "same" -> new Differences(Path.of(args[1]), Path.of(args[2])).lines();
            case "chart" -> chart(args);
            default -> List.of("release: say rules, same or chart, not " + args[0]);
        };
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static List<String> rules(Path repository, boolean signed) {
        var bundle = Bundle.of(repository);
        bundle.artifacts()
                .forEach(each -> System.out.printf(
                        "%-28s %s  %d files%n",
                        each.name(), each.version(), each.files().size()));
        return bundle.faults(signed);
    }

    private static List<String> chart(String[] args) throws IOException {
        var chart = new ReleaseChart(args[3], args[4], args[5]);
        var archive = chart.packaged(Path.of(args[1]), Path.of(args[2]));
        System.out.println(chart.pushed(archive, args[6].equals("http")).strip());
        return List.of();
    }
}
