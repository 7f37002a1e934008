package dev.jtask.jose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.seal.SealException;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Hides values in objects with one field, a JWE.
final class JoseValues implements ValueSeal {

    private final Encryption encryption;

    JoseValues(Encryption encryption) {
        this.encryption = encryption;
    }

    @Override
    public JsonNode hide(String of, JsonNode value) {
        try {
            var hidden = encryption.encrypt(TypedJson.mapper().writeValueAsBytes(value), place(of));
            return JsonNodeFactory.instance.objectNode().put(FIELD, hidden);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what comes of %s is not JSON".formatted(of), e);
        }
    }

    @Override
    public JsonNode show(String of, JsonNode value) throws SealException {
        if (!ValueSeal.isHidden(value)) {
            return value;
        }
        try {
            return TypedJson.mapper()
                    .readTree(encryption.decrypt(value.path(FIELD).textValue(), place(of)));
        } catch (IOException e) {
            throw SealException.unreadable("what is encrypted as the result of %s is not JSON".formatted(Shown.of(of)));
        }
    }

    private static List<String> place(String of) {
        return List.of("result", of);
    }
}
