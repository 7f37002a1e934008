package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Undoes the body compression that a `compression` header names.
final class Compression {

    private Compression() {}

    /// @throws IOException when the method is not supported, the bytes are not of it or expand too far
    static byte[] expand(byte[] body, @Nullable String method) throws IOException {
        if (method == null) {
            return body;
        }
        return switch (method) {
            // Python's "gzip" is a zlib stream (RFC 1950), not a gzip file
            case "application/x-gzip", "application/x-zlib", "gzip", "zlib" -> inflate(body);
            default ->
                throw new IOException(
                        "compression %s is not supported; send it as zlib (task_compression='gzip')".formatted(method));
        };
    }

    private static byte[] inflate(byte[] body) throws IOException {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(body))) {
            var bytes = in.readNBytes(Limits.EXPANDED_BYTES + 1);
            if (bytes.length > Limits.EXPANDED_BYTES) {
                throw new IOException(
                        "the body expands to more than %d bytes; send it in parts, or give the worker more memory"
                                .formatted(Limits.EXPANDED_BYTES));
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw new IOException(
                    "the body is not the zlib stream that its compression header names: " + e.getMessage(), e);
        }
    }
}
