package dev.jtask.protocol.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/// Python's `bz2`, which may be several streams in a row.
final class Bzip2Body {

    private Bzip2Body() {}

    static InputStream reader(InputStream in) throws IOException {
        return new BZip2CompressorInputStream(in, true);
    }

    static OutputStream writer(OutputStream out) throws IOException {
        return new BZip2CompressorOutputStream(out);
    }
}
