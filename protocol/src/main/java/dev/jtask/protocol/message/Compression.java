package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Does and undoes the body compression that a `compression` header names. A library is loaded where it is needed, and
/// named where it is missing.
final class Compression {

    private Compression() {}

    /// @throws IOException when the method is not supported, the bytes are not of it or expand too far
    static byte[] expand(byte[] body, @Nullable String name) throws IOException {
        if (name == null) {
            return body;
        }
        var method = CompressionMethod.named(name)
                .orElseThrow(() -> new IOException(
                        "compression %s is not supported; send it as zlib (task_compression='gzip')".formatted(name)));
        try {
            return expand(body, name, method);
        } catch (LinkageError e) {
            throw new IOException(missing(name, method), e);
        }
    }

    /// The body bit by bit, however much it expands to.
    ///
    /// @throws IOException when the method is not supported, or the bytes are not of it
    static InputStream open(byte[] body, @Nullable String name) throws IOException {
        var bytes = new ByteArrayInputStream(body);
        if (name == null) {
            return bytes;
        }
        var method = CompressionMethod.named(name);
        if (method.isEmpty() || body.length == 0) {
            throw new IOException("the body is not to be expanded");
        }
        return reader(method.get(), bytes);
    }

    /// @throws IllegalArgumentException when the method is not supported here
    static byte[] compress(byte[] body, String name) {
        var method = CompressionMethod.named(name)
                .orElseThrow(() -> new IllegalArgumentException("compression %s is not supported".formatted(name)));
        var bytes = new ByteArrayOutputStream();
        try (var out = writer(method, bytes)) {
            out.write(body);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(missing(name, method), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body cannot be compressed as %s".formatted(name), e);
        }
        return bytes.toByteArray();
    }

    private static byte[] expand(byte[] body, String name, CompressionMethod method) throws IOException {
        if (body.length == 0) {
            throw new IOException("the body is empty and not the %s that its compression header names".formatted(name));
        }
        byte[] bytes;
        try (var in = reader(method, new ByteArrayInputStream(body))) {
            bytes = in.readNBytes(Limits.EXPANDED_BYTES + 1);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "the body is not the stream that its compression header names, %s: %s"
                            .formatted(name, e.getMessage()),
                    e);
        }
        if (bytes.length > Limits.EXPANDED_BYTES) {
            throw new IOException(
                    "the body expands to more than %d bytes; send it in parts, or give the worker more memory"
                            .formatted(Limits.EXPANDED_BYTES));
        }
        return bytes;
    }

    /// Each library is another class's to know, so that no other needs it.
    private static InputStream reader(CompressionMethod method, InputStream in) throws IOException {
        return switch (method) {
            case ZLIB -> new InflaterInputStream(in);
            case BZIP2 -> Bzip2Body.reader(in);
            case LZMA -> LzmaBody.reader(in);
            case ZSTD -> ZstdBody.reader(in);
        };
    }

    private static OutputStream writer(CompressionMethod method, OutputStream out) throws IOException {
        return switch (method) {
            case ZLIB -> new DeflaterOutputStream(out);
            case BZIP2 -> Bzip2Body.writer(out);
            case LZMA -> LzmaBody.writer(out);
            case ZSTD -> ZstdBody.writer(out);
        };
    }

    private static String missing(String name, CompressionMethod method) {
        return "compression %s needs the library %s on the class path; add it, or send the message as zlib (task_compression='gzip')"
                .formatted(name, method.artifact());
    }
}
