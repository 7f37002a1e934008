package dev.jtask.broker;

import com.rabbitmq.client.impl.Frame;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What a frame says of itself: in fields up to the AMQP client that Spring Boot 4.0 brings, by methods in later ones.
final class FrameParts {

    private static final MethodHandle TYPE = part("type", "getType");
    private static final MethodHandle CHANNEL = part("channel", "getChannel");

    private FrameParts() {}

    static int type(Frame frame) {
        return read(TYPE, frame);
    }

    static int channel(Frame frame) {
        return read(CHANNEL, frame);
    }

    private static int read(MethodHandle part, Frame frame) {
        try {
            return (int) part.invokeExact(frame);
        } catch (Throwable e) { // neither a field nor its getter throws
            throw new IllegalStateException("a frame of the AMQP client cannot be read", e);
        }
    }

    private static MethodHandle part(String field, String method) {
        var lookup = MethodHandles.lookup();
        try {
            return lookup.findVirtual(Frame.class, method, MethodType.methodType(int.class));
        } catch (NoSuchMethodException older) {
            return field(lookup, field);
        } catch (IllegalAccessException e) {
            throw unknown(e);
        }
    }

    private static MethodHandle field(MethodHandles.Lookup lookup, String name) {
        try {
            return lookup.findGetter(Frame.class, name, int.class);
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw unknown(e);
        }
    }

    private static IllegalStateException unknown(ReflectiveOperationException cause) {
        return new IllegalStateException(
                "jtask does not know the frames of this com.rabbitmq:amqp-client; use one of 5.25 to 5.37", cause);
    }
}
