package dev.jtask.seal;

import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.Excerpt;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.util.Objects;

/// Reads task messages that may be protected.
public final class SealedTasks {

    private SealedTasks() {}

    /// Never throws: what must not be used is malformed. Of a message that nobody vouches for nothing is told
    /// but why, since an answer to it would go to whomever it names.
    public static DecodeResult decode(WireMessage message, MessageSeal seal) {
        if (TaskCodec.isTooLarge(message) && TaskCodec.decode(message) instanceof Malformed why) {
            return unread(message, why.reason(), seal); // what opens it would cost more than reading it
        }
        WireMessage open;
        try {
            open = seal.open(message);
        } catch (SealException e) {
            var reason = String.valueOf(e.getMessage());
            return switch (e.sender()) {
                case POSSIBLE -> TaskCodec.refused(message, reason);
                case UNKNOWN -> new Malformed(reason, null, null, null, null);
            };
        }
        var read = TaskCodec.decode(open);
        return read instanceof Malformed malformed && showsSecrets(open)
                ? TaskCodec.refused(message, "what is encrypted in the message is no task; what is wrong is not shown")
                        .withRest(malformed.rest())
                : read;
    }

    /// What is told of a message whose body nobody looks at, not even for its signature. Where somebody has to vouch
    /// for it, nothing is told but why; where nobody ever does, also those are told who wait for what follows it.
    public static Malformed unread(WireMessage message, String reason, MessageSeal seal) {
        if (seal.equals(MessageSeal.NONE)) {
            return TaskCodec.skimmed(message, reason);
        }
        var bare = new WireMessage(message.properties(), new byte[0]);
        var told = decode(bare, seal) instanceof Malformed known ? known : TaskCodec.refused(bare, reason);
        return new Malformed(Excerpt.of(reason), told.id(), told.task(), told.replyTo(), told.correlationId());
    }

    private static boolean showsSecrets(WireMessage open) {
        return Protection.of(open.properties().headers()).contains(Protection.ENCRYPTED)
                && !Objects.equals(open.properties().contentType(), WireProperties.ENCRYPTED);
    }
}
