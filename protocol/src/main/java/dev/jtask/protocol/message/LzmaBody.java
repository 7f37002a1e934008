package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/// Python's `lzma`: an xz file by default, or the older form. A header may ask for a dictionary of gigabytes, so that
/// it is bounded as what comes out is.
final class LzmaBody {

    private static final int MEMORY_KIB = Math.max(16 << 10, Limits.EXPANDED_BYTES >> 10);
    private static final int XZ = 0xFD;

    private LzmaBody() {}

    static InputStream reader(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == XZ ? new XZInputStream(in, MEMORY_KIB) : new LZMAInputStream(in, MEMORY_KIB);
    }

    static OutputStream writer(OutputStream out) throws IOException {
        return new XZOutputStream(out, new LZMA2Options());
    }
}
