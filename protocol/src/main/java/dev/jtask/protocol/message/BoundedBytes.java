package dev.jtask.protocol.message;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;

/// Keeps what is written, up to a limit: what is short in memory may be written without an end, since parts of it are
/// the same.
final class BoundedBytes extends OutputStream {

    /// More was written.
    static final class ExceededException extends IOException {

        private static final long serialVersionUID = 1;

        ExceededException(int most) {
            super("more than %d bytes".formatted(most));
        }
    }

    private final ByteArrayBuilder bytes = new ByteArrayBuilder();
    private final int most;

    BoundedBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int one) throws IOException {
        require(1);
        bytes.write(one);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
        require(length);
        bytes.write(some, from, length);
    }

    byte[] all() {
        return bytes.toByteArray();
    }

    private void require(int more) throws ExceededException {
        if (bytes.size() > most - more) {
            throw new ExceededException(most);
        }
    }
}
