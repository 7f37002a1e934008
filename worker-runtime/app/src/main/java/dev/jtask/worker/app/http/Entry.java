package dev.jtask.worker.app.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Where visitors come in.
@FunctionalInterface
interface Entry {

    /// The next one; null when nobody is there.
    ///
    /// @throws IOException such as while there is no file left to be had
    @Nullable
    SocketChannel accept() throws IOException;
}
