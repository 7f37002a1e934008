package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Who wrote what, as a kube-apiserver tells it line by line.
///
/// @param folder of the log and of the policy that says what is in it
record AuditLog(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Writes alone, once they are answered; of what was written nothing.
    private static final String POLICY = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata
          verbs: [create, update, patch, delete, deletecollection]
        """;

    static AuditLog write(Path folder) throws IOException {
        var log = new AuditLog(folder);
        Files.writeString(log.policy(), POLICY);
        return log;
    }

    List<String> options() {
        return List.of("--audit-policy-file=" + policy(), "--audit-log-path=" + file());
    }

    /// The writes that were answered so far, as the embedded API would tell of them.
    List<ApiRequest> writes() {
        try {
            // without a line that is just being written
            return Files.exists(file())
                    ? Files.readString(file())
                            .replaceFirst("[^\\n]*\\z", "")
                            .lines()
                            .map(AuditLog::write)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiRequest write(String line) {
        try {
            var event = JSON.readTree(line);
            return new ApiRequest(
                    event.path("userAgent").asText(),
                    method(event.path("verb").asText()),
                    event.path("requestURI").asText(),
                    event.path("responseStatus").path("code").asInt());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no line of an audit log: " + line, e);
        }
    }

    private static String method(String verb) {
        return switch (verb) {
            case "create" -> "POST";
            case "update" -> "PUT";
            case "patch" -> "PATCH";
            case "delete", "deletecollection" -> "DELETE";
            default -> throw new IllegalStateException("the policy asks for no " + verb);
        };
    }

    private Path policy() {
        return folder.resolve("audit-policy.yaml");
    }

    private Path file() {
        return folder.resolve("audit.log");
    }
}
