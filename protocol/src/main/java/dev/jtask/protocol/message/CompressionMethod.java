package dev.jtask.protocol.message;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a message's body may be compressed, by kombu's names. All but [#ZLIB] need a library on both sides.
public enum CompressionMethod {
    /// Python's "gzip" is a zlib stream (RFC 1950), not a gzip file.
    ZLIB("application/x-gzip", "gzip", "application/x-zlib", "zlib"),
    BZIP2("application/x-bz2", "bzip2", "bzip"),
    LZMA("application/x-lzma", "lzma", "xz"),
    ZSTD("application/zstd", "zstd", "zstandard");

    private final String contentType;
    private final List<String> aliases;

    CompressionMethod(String contentType, String... aliases) {
        this.contentType = contentType;
        this.aliases = List.of(aliases);
    }

    /// What the header says.
    public String contentType() {
        return contentType;
    }

    static Optional<CompressionMethod> named(String text) {
        return Arrays.stream(values())
                .filter(method -> method.contentType.equals(text) || method.aliases.contains(text))
                .findFirst();
    }

    /// The library that it needs; empty for none.
    String artifact() {
        return switch (this) {
            case ZLIB -> "";
            case BZIP2 -> "org.apache.commons:commons-compress";
            case LZMA -> "org.tukaani:xz";
            case ZSTD -> "com.github.luben:zstd-jni";
        };
    }
}
