package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import dev.jtask.protocol.message.JtaskHeaders;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens connections whose headers the AMQP client does not read, and whose bodies are dropped where there is no memory
/// for them; see [PackedHeaders] and [Oversized].
final class PackingFactory extends ConnectionFactory {

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
        var usual = super.createFrameHandlerFactory();
        return (address, name) -> packing(usual.create(address, name), Oversized.MOST);
    }

    /// The interface is the client's own affair and changes with its versions: what is not known here is handed on.
    ///
    /// @param most bytes of a body that is read
    static FrameHandler packing(FrameHandler frames, long most) {
        return (FrameHandler) Proxy.newProxyInstance(
                FrameHandler.class.getClassLoader(), new Class<?>[] {FrameHandler.class}, new Packing(frames, most));
    }

    private static final class Packing implements InvocationHandler {

        private final FrameHandler frames;
        private final long most;
        /// Bytes that are still to be dropped, by channel; for the one thread that reads.
        private final Map<Integer, Long> dropping = new HashMap<>();

        Packing(FrameHandler frames, long most) {
            this.frames = frames;
            this.most = most;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            if (args == null) {
                return method.getName().equals("readFrame") ? next() : handedOn(method, args);
            }
            // what each frame passes, by name: reflection there is a fifth of all that a young worker has to compile
            switch (method.getName()) {
                case "writeFrame" -> frames.writeFrame((Frame) args[0]);
                // clients before 5.30 flush without a listener
                case "flush" -> flush((WriteListener) args[0]);
                default -> {
                    return handedOn(method, args);
                }
            }
            return null;
        }

        private void flush(@Nullable WriteListener listener) throws IOException {
            if (listener != null || !Flushing.isPutOff(() -> frames.flush(null))) {
                frames.flush(listener);
            }
        }

        private @Nullable Object handedOn(Method method, @Nullable Object @Nullable [] args) throws Throwable {
            try {
                return method.invoke(frames, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private @Nullable Frame next() throws IOException {
            var frame = frames.readFrame();
            while (frame != null && isDropped(frame)) {
                frame = frames.readFrame();
            }
            return frame == null || FrameParts.type(frame) != AMQP.FRAME_HEADER ? frame : packed(frame);
        }

        private boolean isDropped(Frame frame) {
            if (dropping.isEmpty() || FrameParts.type(frame) != AMQP.FRAME_BODY) {
                return false;
            }
            int channel = FrameParts.channel(frame);
            var left = dropping.remove(channel);
            if (left != null && left > frame.getPayload().length) {
                dropping.put(channel, left - frame.getPayload().length);
            }
            return left != null;
        }

        private Frame packed(Frame frame) {
            var payload = frame.getPayload();
            long body = HeaderPacker.bodySize(payload);
            if (body <= most) {
                return changed(frame, HeaderPacker.pack(payload));
            }
            var without = HeaderPacker.withoutBody(payload, JtaskHeaders.OVERSIZED, Oversized.mark(body));
            if (HeaderPacker.bodySize(without) == 0) {
                dropping.put(FrameParts.channel(frame), body);
            }
            return changed(frame, without);
        }

        private static Frame changed(Frame frame, byte[] payload) {
            return new HeaderFrame(FrameParts.type(frame), FrameParts.channel(frame), payload);
        }
    }
}
