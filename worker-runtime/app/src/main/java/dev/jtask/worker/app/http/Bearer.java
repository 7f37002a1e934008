package dev.jtask.worker.app.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A page for those only who show the token that a file holds; a file that cannot be read lets nobody in.
///
/// @param token null to let everybody in
record Bearer(@Nullable Path token, Supplier<Answer> page) implements Function<Request, Answer> {

    @Override
    public Answer apply(Request request) {
        if (token == null) {
            return page.get();
        }
        try {
            var wanted = Files.readString(token).strip();
            var scheme = request.authorization().regionMatches(true, 0, "Bearer ", 0, 7);
            var given = scheme ? request.authorization().substring(7).strip() : "";
            return !wanted.isEmpty() && MessageDigest.isEqual(bytes(wanted), bytes(given))
                    ? page.get()
                    : new Answer(Answer.Status.UNAUTHORIZED, "send the token: Authorization: Bearer …\n");
        } catch (IOException e) {
            return new Answer(Answer.Status.UNAVAILABLE, "the file of JTASK_METRICS_TOKEN_FILE cannot be read\n");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
