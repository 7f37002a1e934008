package dev.jtask.worker.app.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection: it asks once, is answered, and goes. Belongs to the thread of its [HttpPort].
final class Visitor {

    private static final int MOST_HEAD = 8 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocate(MOST_HEAD);
    private @Nullable Request request;
    private @Nullable ByteBuffer answer;
    private long deadline;

    Visitor(SocketChannel channel, SelectionKey key, long deadline) {
        this.channel = channel;
        this.key = key;
        this.deadline = deadline;
    }

    /// @return the request, once, when it is whole
    /// @throws IllegalArgumentException when it is none
    /// @throws IOException also when the other side is gone
    Optional<Request> read() throws IOException {
        if (channel.read(received) < 0) {
            throw new IOException("gone");
        }
        var whole = Request.read(new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1));
        if (whole.isPresent()) {
            request = whole.get();
            key.interestOps(0);
        }
        return whole;
    }

    boolean isFull() {
        return !received.hasRemaining();
    }

    /// Has said nothing whole yet, so it may be anybody.
    boolean isReading() {
        return request == null && answer == null;
    }

    boolean isAnswered() {
        return answer != null;
    }

    void answer(Answer given, long until) throws IOException {
        answer = given.bytes(request == null || request.wantsBody());
        deadline = until;
        write();
    }

    /// Sends what the socket takes; ends the connection when that was all.
    void write() throws IOException {
        if (answer == null) {
            return;
        }
        channel.write(answer);
        if (answer.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
        } else {
            leave();
        }
    }

    void patience(long until) {
        deadline = until;
    }

    boolean isLate(long now) {
        return now - deadline > 0;
    }

    boolean isGone() {
        return !key.isValid();
    }

    void leave() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
            return;
        }
    }
}
