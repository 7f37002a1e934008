package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Opens connections whose header frames are mended before the AMQP client reads them; see [HeaderMender].
final class MendingFactory extends ConnectionFactory {

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
        var usual = super.createFrameHandlerFactory();
        return (address, name) -> mending(usual.create(address, name));
    }

    /// The interface is the client's own affair and changes with its versions: what is not known here is handed on.
    static FrameHandler mending(FrameHandler frames) {
        return (FrameHandler) Proxy.newProxyInstance(
                FrameHandler.class.getClassLoader(), new Class<?>[] {FrameHandler.class}, new Mending(frames));
    }

    private record Mending(FrameHandler frames) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            if (args == null) {
                return method.getName().equals("readFrame") ? mended(frames.readFrame()) : handedOn(method, args);
            }
            // what each frame passes, by name: reflection there is a fifth of all that a young worker has to compile
            switch (method.getName()) {
                case "writeFrame" -> frames.writeFrame((Frame) args[0]);
                // clients before 5.30 flush without a listener
                case "flush" -> frames.flush((WriteListener) args[0]);
                default -> {
                    return handedOn(method, args);
                }
            }
            return null;
        }

        private @Nullable Object handedOn(Method method, @Nullable Object @Nullable [] args) throws Throwable {
            try {
                return method.invoke(frames, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private static @Nullable Frame mended(@Nullable Frame frame) {
            if (frame == null || FrameParts.type(frame) != AMQP.FRAME_HEADER) {
                return frame;
            }
            var payload = frame.getPayload();
            var mended = HeaderMender.mend(payload);
            return mended.length == payload.length
                    ? frame
                    : new Frame(FrameParts.type(frame), FrameParts.channel(frame), mended);
        }
    }
}
