package dev.jtask.worker.app.http;

import java.util.Locale;
import java.util.Optional;

/// The head of a request, as far as anybody asks.
///
/// @param path without its query
/// @param authorization empty where the header is missing
record Request(String method, String path, String authorization) {

    private static final String END = "\r\n\r\n";
    private static final String AUTHORIZATION = "authorization:";

    /// @param received all that has come
    /// @return empty while the head is not whole
    /// @throws IllegalArgumentException when it is no head
    static Optional<Request> read(String received) {
        int end = received.indexOf(END);
        if (end < 0) {
            return Optional.empty();
        }
        var lines = received.substring(0, end).split("\r\n", -1);
        var first = lines[0].split(" ", -1);
        if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("not HTTP/1.1");
        }
        var authorization = "";
        for (var line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(AUTHORIZATION)) {
                authorization = line.substring(AUTHORIZATION.length()).strip();
            }
        }
        return Optional.of(new Request(first[0], first[1].replaceFirst("[?#].*", ""), authorization));
    }

    boolean wantsBody() {
        return !method.equals("HEAD");
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
