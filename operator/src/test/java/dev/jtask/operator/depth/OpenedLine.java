package dev.jtask.operator.depth;

import dev.jtask.operator.secret.AmqpAccess;
import java.io.IOException;
import java.time.Duration;

/// The operator's way to a broker by AMQP, for tests of other packages.
public final class OpenedLine {

    private OpenedLine() {}

    /// Opens and closes one.
    ///
    /// @throws IOException as the operator logs it
    public static void to(AmqpAccess access) throws IOException {
        AmqpLines.to(access, Duration.ofSeconds(20)).open(access).close();
    }
}
