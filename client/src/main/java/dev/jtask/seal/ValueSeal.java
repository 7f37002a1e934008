package dev.jtask.seal;

import com.fasterxml.jackson.databind.JsonNode;

/// Hides single values, such as results, from all who have no key. Safe for any thread.
public interface ValueSeal {

    /// The one field of a value that is hidden.
    String FIELD = "x-jtask-jwe";

    /// There are no keys.
    ValueSeal NONE = new ValueSeal() {

        @Override
        public JsonNode hide(String of, JsonNode value) {
            throw new IllegalStateException(
                    "what comes of %s is to be encrypted, and there are no keys here; set JTASK_KEYS_FILE"
                            .formatted(of));
        }

        @Override
        public JsonNode show(String of, JsonNode value) throws SealException {
            if (isHidden(value)) {
                throw SealException.unreadable(
                        "what comes of %s is encrypted, and there are no keys here; give the client keys(…), a worker JTASK_KEYS_FILE"
                                .formatted(of));
            }
            return value;
        }
    };

    /// Whether a value was hidden.
    static boolean isHidden(JsonNode value) {
        return value.isObject() && value.path(FIELD).isTextual();
    }

    /// @param of whose value it is; it can be shown as nobody else's
    /// @throws IllegalStateException when there is no key
    JsonNode hide(String of, JsonNode value);

    /// The value as it was; the same object where it is not hidden.
    ///
    /// @throws SealException when it cannot be read, or is somebody else's
    JsonNode show(String of, JsonNode value) throws SealException;
}
