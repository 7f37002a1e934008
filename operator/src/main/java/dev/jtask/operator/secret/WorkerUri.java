package dev.jtask.operator.secret;

import org.jspecify.annotations.Nullable;

/// How a worker pod gets its `JTASK_BROKER_URI` out of the Secret without the operator copying a credential.
public sealed interface WorkerUri {

    /// The Secret holds the whole URI under the key `uri`.
    record Whole() implements WorkerUri {}

    /// The Secret holds `host`, `username`, `password` and perhaps `port`; the rest is known.
    ///
    /// @param scheme `amqp` or `amqps`
    /// @param port the port, null when the Secret names it
    /// @param path the vhost, percent-encoded, without the slash before it
    record Parts(String scheme, @Nullable String port, String path) implements WorkerUri {}
}
