package dev.jtask.examples.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the numbered steps of a guide tell its reader to do: a block after a file's name is that file, one of `sh` a
/// command, and one of `text` after it what the command says, where `…` is anything.
final class Guide {

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?:`(?<file>[^`\\n]+)`:\\n\\n)?```(?<language>\\w+)\\n(?<text>.*?)^```$");

    private static final Pattern AFTER_THE_STEPS = Pattern.compile("(?m)^## (?!\\d)");

    /// What is for readers with other tools.
    private static final String NOT_HERE = "kotlin";

    /// Something to do.
    sealed interface Step {

        /// @param file within the reader's folder
        record Write(String file, String text) implements Step {}

        /// @param says lines that are to be seen then; empty where it only has to end well
        record Run(String command, List<Pattern> says) implements Step {}
    }

    private Guide() {}

    /// @throws IllegalStateException when there is something of which nobody can know what to do with it
    static List<Step> steps(Path guide) throws IOException {
        var steps = new ArrayList<Step>();
        var blocks = BLOCK.matcher(AFTER_THE_STEPS.split(Files.readString(guide), 2)[0]);
        while (blocks.find()) {
            var language = blocks.group("language");
            var text = blocks.group("text");
            var file = blocks.group("file");
            int last = steps.size() - 1;
            if (language.equals(NOT_HERE)) {
                continue;
            }
            if (file != null) {
                steps.add(new Step.Write(file, text));
            } else if (language.equals("sh")) {
                steps.add(new Step.Run(text, List.of()));
            } else if (language.equals("text") && last >= 0 && steps.get(last) instanceof Step.Run run) {
                steps.set(
                        last,
                        new Step.Run(
                                run.command(), text.lines().map(Guide::line).toList()));
            } else {
                throw new IllegalStateException("what is a reader of %s to do with %s".formatted(guide, text));
            }
        }
        return steps;
    }

    private static Pattern line(String text) {
        return Pattern.compile(
                Pattern.compile("…").splitAsStream(text).map(Pattern::quote).collect(Collectors.joining(".*"))
                        + (text.endsWith("…") ? ".*" : ""));
    }
}
