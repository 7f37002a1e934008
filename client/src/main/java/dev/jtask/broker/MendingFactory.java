package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;

/// Opens connections whose header frames are mended before the AMQP client reads them; see [HeaderMender].
final class MendingFactory extends ConnectionFactory {

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
        var usual = super.createFrameHandlerFactory();
        return (address, name) -> new Mending(usual.create(address, name));
    }

    private static final class Mending implements FrameHandler {

        private final FrameHandler frames;

        Mending(FrameHandler frames) {
            this.frames = frames;
        }

        @Override
        public Frame readFrame() throws IOException {
            var frame = frames.readFrame();
            if (frame == null || frame.getType() != AMQP.FRAME_HEADER) {
                return frame;
            }
            var payload = frame.getPayload();
            var mended = HeaderMender.mend(payload);
            return mended.length == payload.length ? frame : new Frame(frame.getType(), frame.getChannel(), mended);
        }

        @Override
        public boolean internalHearbeat() {
            return frames.internalHearbeat();
        }

        @Override
        public void setTimeout(int timeoutMs) throws SocketException {
            frames.setTimeout(timeoutMs);
        }

        @Override
        public int getTimeout() throws SocketException {
            return frames.getTimeout();
        }

        @Override
        public void sendHeader() throws IOException {
            frames.sendHeader();
        }

        @Override
        public void initialize(AMQConnection connection) {
            frames.initialize(connection);
        }

        @Override
        public void startProcessing() {
            frames.startProcessing();
        }

        @Override
        public void finishConnectionNegotiation() {
            frames.finishConnectionNegotiation();
        }

        @Override
        public void setFrameMax(int frameMax) {
            frames.setFrameMax(frameMax);
        }

        @Override
        public void writeFrame(Frame frame) throws IOException {
            frames.writeFrame(frame);
        }

        @Override
        public void flush(WriteListener listener) throws IOException {
            frames.flush(listener);
        }

        @Override
        public void close() {
            frames.close();
        }

        @Override
        public InetAddress getLocalAddress() {
            return frames.getLocalAddress();
        }

        @Override
        public int getLocalPort() {
            return frames.getLocalPort();
        }

        @Override
        public InetAddress getAddress() {
            return frames.getAddress();
        }

        @Override
        public int getPort() {
            return frames.getPort();
        }
    }
}
