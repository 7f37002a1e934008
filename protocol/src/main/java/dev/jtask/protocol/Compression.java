package dev.jtask.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Undoes the body compression that a `compression` header names.
final class Compression {

    private Compression() {}

    /// @throws IOException when the method is not supported or the bytes are not of it
    static byte[] expand(byte[] body, @Nullable String method) throws IOException {
        return switch (method) {
            case null -> body;
            // Python's "gzip" is a zlib stream (RFC 1950), not a gzip file
            case "application/x-gzip", "application/x-zlib", "gzip", "zlib" -> {
                try (var in = new InflaterInputStream(new ByteArrayInputStream(body))) {
                    yield in.readAllBytes();
                }
            }
            default ->
                throw new IOException(
                        "compression %s is not supported; send it as zlib (task_compression='gzip')".formatted(method));
        };
    }
}
