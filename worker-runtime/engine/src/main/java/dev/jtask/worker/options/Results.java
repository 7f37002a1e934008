package dev.jtask.worker.options;

import dev.jtask.backend.ResultStores;
import dev.jtask.tls.TlsFiles;

/// Where results go.
public sealed interface Results {

    /// To the sender's own queue, as Celery's `rpc://`.
    record Rpc() implements Results {

        @Override
        public String toString() {
            return "rpc://";
        }
    }

    /// To a server that keeps them, as Celery does.
    ///
    /// @param uri with credentials
    /// @param shown the same without
    /// @param tls for `rediss://`
    /// @param detail what is kept
    record Stored(String uri, String shown, TlsFiles tls, Detail detail) implements Results {

        private static Stored of(String uri, TlsFiles tls) {
            try (var store = ResultStores.open(uri, tls)) {
                return new Stored(uri, store.toString(), tls, Detail.RESULT);
            }
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /// How much a kept result says.
    enum Detail {
        /// The state, the value or the error, and the family.
        RESULT,
        /// Celery's `result_extended`: name, arguments, worker, retries and queue of the task as well.
        EXTENDED
    }

    /// Nowhere.
    record Disabled() implements Results {

        @Override
        public String toString() {
            return "disabled";
        }
    }

    /// Results that tell more of each task: its name, arguments, worker, retries and queue as well.
    ///
    /// @throws IllegalArgumentException where results are not kept
    default Results extended() {
        return switch (this) {
            case Stored(var uri, var shown, var tls, var _) -> new Stored(uri, shown, tls, Detail.EXTENDED);
            case Rpc(), Disabled() ->
                throw new IllegalArgumentException(
                        "%s keeps no results that could tell more of their task; use redis://".formatted(this));
        };
    }

    default boolean isExtended() {
        return this instanceof Stored stored && stored.detail() == Detail.EXTENDED;
    }

    /// Whether they are kept behind TLS, so that TLS files are of use there.
    default boolean isSecure() {
        return this instanceof Stored stored && ResultStores.isSecure(stored.uri());
    }

    /// @throws IllegalArgumentException when it is none of the three, or what is wrong with a URI or missing for it
    static Results parse(String text) {
        return parse(text, TlsFiles.NONE);
    }

    /// As [#parse(String)], with these files for `rediss://`.
    static Results parse(String text, TlsFiles tls) {
        return switch (text) {
            case "rpc://", "rpc" -> new Rpc();
            case "disabled" -> new Disabled();
            case String uri when uri.contains("://") -> Stored.of(uri, tls);
            default -> throw new IllegalArgumentException("use rpc://, redis://host:6379/0 or disabled");
        };
    }
}
