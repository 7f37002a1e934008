package dev.jtask.local.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Objects as tests write them.
public final class Yaml {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    public static ObjectNode of(String yaml) {
        try {
            // through JSON, so that numbers are of the types that a server reads
            return (ObjectNode)
                    JSON.readTree(YAML.unmarshal("---\n" + yaml, JsonNode.class).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
