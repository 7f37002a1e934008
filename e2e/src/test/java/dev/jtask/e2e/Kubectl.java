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

    /// A pool's condition as `True Working`, empty while it has none of that type.
    String condition(String pool, String type) {
        var one = ".status.conditions[?(@.type==\"%s\")]".formatted(type);
        return run(
                "get",
                "twp/" + pool,
                "--ignore-not-found",
                "-o",
                "jsonpath={%1$s.status} {%1$s.reason}".formatted(one));
    }

    /// What a pool's events say, each a line that begins with its reason.
    List<String> events(String pool) {
        return run(
                        "get",
                        "events",
                        "--field-selector",
                        "involvedObject.kind=TaskWorkerPool,involvedObject.name=" + pool,
                        "-o",
                        "jsonpath={range .items[*]}{.reason}: {.message}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    /// A number of a resource, -1 where there is none.
    long number(String resource, String jsonPath) {
        var text = field(resource, jsonPath);
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    /// The names of a pool's pods.
    List<String> pods(String pool) {
        return run(
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/instance=" + pool,
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}")
                .lines()
                .toList();
    }
}
