package dev.jtask.protocol.message;

import java.util.Optional;

/// How a message's body may be compressed, by kombu's names. All but [#ZLIB] need a library on both sides.
public enum CompressionMethod {
    /// Python's "gzip" is a zlib stream (RFC 1950), not a gzip file.
    ZLIB("application/x-gzip"),
    BZIP2("application/x-bz2"),
    LZMA("application/x-lzma"),
    ZSTD("application/zstd");

    private final String contentType;

    CompressionMethod(String contentType) {
        this.contentType = contentType;
    }

    /// What the header says.
    public String contentType() {
        return contentType;
    }

    /// By the header's words, of which kombu knows several for each.
    static Optional<CompressionMethod> named(String text) {
        return switch (text) {
            case "application/x-gzip", "gzip", "application/x-zlib", "zlib" -> Optional.of(ZLIB);
            case "application/x-bz2", "bzip2", "bzip" -> Optional.of(BZIP2);
            case "application/x-lzma", "lzma", "xz" -> Optional.of(LZMA);
            case "application/zstd", "zstd", "zstandard" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
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
