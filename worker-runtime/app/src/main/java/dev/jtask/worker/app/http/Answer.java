package dev.jtask.worker.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is sent back, after which the connection ends.
record Answer(Status status, String text) {

    static final Answer NO_PAGE = new Answer(Status.NOT_FOUND, "no such page\n");
    static final Answer READ_ONLY = new Answer(Status.NOT_ALLOWED, "only GET and HEAD\n");
    static final Answer TOO_LONG = new Answer(Status.TOO_LONG, "the head is too long\n");
    static final Answer LATE = new Answer(Status.UNAVAILABLE, "no answer in time\n");

    /// To what is no request.
    static Answer to(IllegalArgumentException wrong) {
        return new Answer(Status.BAD_REQUEST, wrong.getMessage() + "\n");
    }

    /// The few that there are.
    enum Status {
        OK("200 OK"),
        BAD_REQUEST("400 Bad Request"),
        UNAUTHORIZED("401 Unauthorized\r\nWWW-Authenticate: Bearer"),
        NOT_FOUND("404 Not Found"),
        NOT_ALLOWED("405 Method Not Allowed\r\nAllow: GET, HEAD"),
        TOO_SLOW("408 Request Timeout"),
        TOO_LONG("431 Request Header Fields Too Large"),
        UNAVAILABLE("503 Service Unavailable");

        private final String line;

        Status(String line) {
            this.line = line;
        }
    }

    /// @param against why it is not so; none when it is
    static Answer health(List<String> against, String word) {
        return against.isEmpty()
                ? new Answer(Status.OK, word + "\n")
                : new Answer(Status.UNAVAILABLE, "not %s: %s\n".formatted(word, String.join("; ", against)));
    }

    /// @param body whether it follows its head
    ByteBuffer bytes(boolean body) {
        var content = text.getBytes(StandardCharsets.UTF_8);
        var head = """
                HTTP/1.1 %s\r
                Content-Type: text/plain; version=0.0.4; charset=utf-8\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """.formatted(status.line, content.length).getBytes(StandardCharsets.US_ASCII);
        var all = ByteBuffer.allocate(head.length + content.length).put(head);
        return (body ? all.put(content) : all).flip();
    }
}
