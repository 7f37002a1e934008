package dev.jtask.jose;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

/// Keys, messages and times for tests.
final class Given {

    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    /// Of RFC 8037.
    static final String PUBLIC = "\"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";
    static final String PRIVATE = PUBLIC + ", \"d\": \"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"";

    private Given() {}

    static KeyRing ring(String... keys) {
        return KeyRing.parse(set(keys), "keys file test");
    }

    static Keys keys(String... keys) {
        var ring = ring(keys);
        return new Keys() {
            @Override
            public KeyRing now() {
                return ring;
            }

            @Override
            public String toString() {
                return "keys file test";
            }
        };
    }

    static String set(String... keys) {
        return "{\"keys\": [%s]}".formatted(String.join(", ", List.of(keys)));
    }

    static String secret(String id) {
        return shared(id, "\"use\": \"enc\"");
    }

    static String hmac(String id) {
        return shared(id, "\"use\": \"sig\"");
    }

    /// 256 bits that follow from the id.
    static String shared(String id, String purpose) {
        var bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (id.hashCode() + i * i);
        }
        return "{\"kty\": \"oct\", \"kid\": \"%s\", \"k\": \"%s\", %s}"
                .formatted(id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), purpose);
    }

    static String ed25519(String id, String halves) {
        return "{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"kid\": \"%s\", %s}".formatted(id, halves);
    }

    static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    static WireMessage message(String id) {
        return message(TaskMessage.builder(id, "t.pay"));
    }

    static WireMessage message(TaskMessage.Builder builder) {
        var kwargs = JsonNodeFactory.instance.objectNode().put("card", "4111-1111");
        return TaskCodec.encode(builder.kwargs(kwargs).replyTo("replies").build(), NOON);
    }
}
