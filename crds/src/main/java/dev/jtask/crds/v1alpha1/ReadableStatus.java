package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes a status that cannot be read for none: over one such pool whoever lists or watches pools would see no other.
final class ReadableStatus extends JsonDeserializer<TaskWorkerPoolStatus> {

    @Override
    public @Nullable TaskWorkerPoolStatus deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        var tree = context.readTree(parser);
        try {
            return context.readTreeAsValue(tree, TaskWorkerPoolStatus.class);
        } catch (JacksonException e) {
            return null;
        }
    }
}
