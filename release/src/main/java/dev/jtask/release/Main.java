package dev.jtask.release;

import java.nio.file.Path;
import java.util.List;

/// `Main rules REPOSITORY signed|unsigned` or `Main same REPOSITORY REPOSITORY`; exits with 1 when something is wrong.
final class Main {

    private Main() {}

    public static void main(String[] args) {
        var wrong = switch (args[0]) {
            case "rules" -> rules(Path.of(args[1]), args[2].equals("signed"));
            case "same" -> new Differences(Path.of(args[1]), Path.of(args[2])).lines();
            default -> List.of("release: say rules or same, not " + args[0]);
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
}
