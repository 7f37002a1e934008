package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A Secret's `stringData` is only for writing: it is stored with the rest, encoded.
final class SecretData {

    private SecretData() {}

    static void encode(ObjectNode object) {
        if (!object.path("kind").asText().equals("Secret") || !object.has("stringData")) {
            return;
        }
        var data = object.withObjectProperty("data");
        object.remove("stringData")
                .properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        Base64.getEncoder()
                                .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
}
