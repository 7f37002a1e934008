package dev.jtask.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.fabric8.kubernetes.api.model.FieldsV1;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Of all that a field manager owns only which fields of a spec, each without what lies in it: that much is asked for,
/// and the whole is as deep as the resource itself. It is skipped as it comes, so no depth is too much.
final class FieldsOfSpec extends JsonDeserializer<FieldsV1> {

    private static final String SPEC = "f:spec";

    @Override
    public FieldsV1 deserialize(JsonParser json, DeserializationContext context) throws IOException {
        var fields = new FieldsV1();
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return fields;
        }
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals(SPEC) && json.isExpectedStartObjectToken()) {
                fields.setAdditionalProperty(SPEC, names(json));
            } else {
                json.skipChildren();
            }
        }
        return fields;
    }

    private static Map<String, Object> names(JsonParser json) throws IOException {
        var names = new LinkedHashMap<String, Object>();
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            json.skipChildren();
            names.put(name, Map.of());
        }
        return names;
    }
}
