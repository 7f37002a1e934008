package dev.jtask.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// kubectl in one namespace, as a user types it.
record Kubectl(String namespace) {

    /// @return what it printed
    /// @throws AssertionError when it fails, with what it printed
    String run(String... arguments) {
        return feed("", arguments);
    }

    /// @param input for `-f -`
    String feed(String input, String... arguments) {
        var command = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new AssertionError("kubectl is needed on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// A field of a resource, empty when there is no such field or resource.
    String field(String resource, String jsonPath) {
        return run("get", resource, "--ignore-not-found", "-o", "jsonpath={" + jsonPath + "}");
    }
}
