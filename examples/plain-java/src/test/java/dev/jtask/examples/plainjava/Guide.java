package dev.jtask.examples.plainjava;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a guide tells its reader to do: a block after a file's name is that file, one of `sh` a command, and one of
/// `text` after it what the command says.
final class Guide {

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?:`(?<file>[^`\\n]+)`:\\n\\n)?```(?<language>\\w+)\\n(?<text>.*?)^```$");

    /// What is for readers with other tools.
    private static final String NOT_HERE = "kotlin";

    /// Something to do.
    sealed interface Step {

        /// @param file within the reader's folder
        record Write(String file, String text) implements Step {}

        /// @param says what is to be seen then; empty where it only has to end well
        record Run(String command, String says) implements Step {}
    }

    private Guide() {}

    /// @throws IllegalStateException when there is something of which nobody can know what to do with it
    static List<Step> steps(Path guide) throws IOException {
        var steps = new ArrayList<Step>();
        var blocks = BLOCK.matcher(Files.readString(guide));
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
                steps.add(new Step.Run(text, ""));
            } else if (language.equals("text") && last >= 0 && steps.get(last) instanceof Step.Run run) {
                steps.set(last, new Step.Run(run.command(), text.strip()));
            } else {
                throw new IllegalStateException("what is a reader of %s to do with %s".formatted(guide, text));
            }
        }
        return steps;
    }
}
