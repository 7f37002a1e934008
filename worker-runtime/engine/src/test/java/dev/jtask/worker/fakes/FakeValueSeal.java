package dev.jtask.worker.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.seal.SealException;
import dev.jtask.seal.ValueSeal;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps what it hides, and hands it out to whoever says whose it is.
public final class FakeValueSeal implements ValueSeal {

    private final Map<String, JsonNode> hidden = new LinkedHashMap<>();

    @Override
    public JsonNode hide(String of, JsonNode value) {
        var name = "%s#%d".formatted(of, hidden.size());
        hidden.put(name, value);
        return JsonNodeFactory.instance.objectNode().put(FIELD, name);
    }

    @Override
    public JsonNode show(String of, JsonNode value) throws SealException {
        if (!ValueSeal.isHidden(value)) {
            return value;
        }
        var name = value.path(FIELD).textValue();
        var shown = hidden.get(name);
        if (shown == null || !name.startsWith(of + "#")) {
            throw SealException.unreadable("it is not of " + of);
        }
        return shown;
    }
}
