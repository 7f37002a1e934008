package dev.jtask.protocol.message;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Python's `zstandard`, with a window of at most 64 MiB outside the heap.
final class ZstdBody {

    private static final int WINDOW_BITS = 26;

    private ZstdBody() {}

    static InputStream reader(InputStream in) throws IOException {
        var stream = new ZstdInputStream(in);
        stream.setLongMax(WINDOW_BITS);
        return stream;
    }

    static OutputStream writer(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
    }
}
