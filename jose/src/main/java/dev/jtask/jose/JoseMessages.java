package dev.jtask.jose;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealProvider.Role;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Closes messages as their header asks, or as the keys allow where it does not say, and opens them again. The
/// body is encrypted or packed for Celery first, and what comes of that is signed.
final class JoseMessages implements MessageSeal {

    /// In place of the text of arguments, for whoever looks at messages, events and logs.
    private static final String NOT_SHOWN = "<encrypted>";

    private final Encryption encryption;
    private final Signing signing;
    private final Vouching vouching;
    private final @Nullable AuthSerializer auth;
    private final Role role;

    JoseMessages(Encryption encryption, Signing signing, Vouching vouching, @Nullable AuthSerializer auth, Role role) {
        this.encryption = encryption;
        this.signing = signing;
        this.vouching = vouching;
        this.auth = auth;
        this.role = role;
    }

    @Override
    public WireMessage close(WireMessage message) {
        var headers = message.properties().headers();
        var wanted = wanted(headers);
        if (wanted.isEmpty()) {
            return message;
        }
        var closed = message;
        if (wanted.contains(Protection.ENCRYPTED)) {
            closed = encrypted(message);
        } else if (wanted.contains(Protection.AUTH) && auth != null) {
            closed = auth.pack(message);
        }
        if (!isTask(headers)) {
            return closed;
        }
        closed = with(closed, JtaskHeaders.PROTECTION, Protection.words(wanted));
        return wanted.contains(Protection.SIGNED) && signing.isWanted() ? signed(closed) : closed;
    }

    @Override
    public WireMessage open(WireMessage message) throws SealException {
        var headers = message.properties().headers();
        var found = EnumSet.noneOf(Protection.class);
        var open = message;
        if (auth != null && AuthSerializer.isPacked(message)) {
            open = auth.unpack(message);
            found.add(Protection.AUTH);
        } else if (role == Role.WORKER) {
            var signature = vouching.signature(message);
            if (signature != null) {
                found.add(Protection.SIGNED);
                open = signature.waits() || !signing.canSign() ? message : unnoted(message);
            }
        }
        if (isEncrypted(message)) {
            open = decrypted(open);
            found.add(Protection.ENCRYPTED);
        } else if (Protection.of(headers).contains(Protection.ENCRYPTED)) {
            found.add(Protection.ENCRYPTED); // the sender asks for it in what follows
        }
        // what was found, not what the message says of itself: what follows is signed only where this was
        return found.isEmpty() && !headers.containsKey(JtaskHeaders.PROTECTION)
                ? open
                : with(open, JtaskHeaders.PROTECTION, Protection.words(found));
    }

    @Override
    public WireMessage renew(WireMessage received, WireMessage changed) {
        var signature = received.properties().headers().get(JtaskHeaders.SIGNATURE);
        if (signature == null || !signing.canSign()) {
            return changed;
        }
        try {
            var signed = signing.verify(received, signature);
            // a task that waits stays the same message, of which there may be copies
            return isWaiting(changed)
                    ? with(changed, JtaskHeaders.SIGNATURE, signing.sign(changed, signed.nonce()))
                    : signed(changed);
        } catch (SealException e) {
            return changed; // it does not get better by being sent again
        }
    }

    @Override
    public void used(WireMessage received) {
        vouching.used(received);
    }

    private Set<Protection> wanted(Map<String, @Nullable Object> headers) {
        if (headers.containsKey(JtaskHeaders.PROTECTION) || role == Role.WORKER || !isTask(headers)) {
            return Protection.of(headers);
        }
        var able = EnumSet.noneOf(Protection.class);
        if (encryption.isWanted()) {
            able.add(Protection.ENCRYPTED);
        } else if (auth != null) {
            able.add(Protection.AUTH);
        }
        if (signing.isWanted()) {
            able.add(Protection.SIGNED);
        }
        return able;
    }

    private WireMessage encrypted(WireMessage message) {
        var headers = new LinkedHashMap<>(message.properties().headers());
        var text = encryption.encrypt(message.body(), place(headers));
        headers.put("argsrepr", NOT_SHOWN);
        headers.put("kwargsrepr", NOT_SHOWN);
        return new WireMessage(
                message.properties()
                        .withContent(WireProperties.ENCRYPTED, "us-ascii")
                        .withHeaders(headers),
                text.getBytes(StandardCharsets.US_ASCII));
    }

    private WireMessage decrypted(WireMessage message) throws SealException {
        var text = new String(message.body(), StandardCharsets.US_ASCII);
        return new WireMessage(
                message.properties().withContent("application/json", "utf-8"),
                encryption.decrypt(text, place(message.properties().headers())));
    }

    private WireMessage signed(WireMessage message) {
        return with(message, JtaskHeaders.SIGNATURE, signing.sign(message));
    }

    /// Without what a worker would have signed with all else: somebody has added it.
    private static WireMessage unnoted(WireMessage message) {
        if (!isWaiting(message)) {
            return message;
        }
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.remove(JtaskHeaders.SIGNALS);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private static boolean isWaiting(WireMessage message) {
        return message.properties().headers().containsKey(JtaskHeaders.SIGNALS);
    }

    private static WireMessage with(WireMessage message, String header, String value) {
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.put(header, value);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private static boolean isTask(Map<String, @Nullable Object> headers) {
        return headers.containsKey("task");
    }

    private static boolean isEncrypted(WireMessage message) {
        return Objects.equals(message.properties().contentType(), WireProperties.ENCRYPTED);
    }

    private static List<String> place(Map<String, @Nullable Object> headers) {
        return List.of("task", String.valueOf(headers.get("task")), String.valueOf(headers.get("id")));
    }
}
