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
    record Stored(String uri, String shown, TlsFiles tls) implements Results {

        private static Stored of(String uri, TlsFiles tls) {
            try (var store = ResultStores.open(uri, tls)) {
                return new Stored(uri, store.toString(), tls);
            }
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /// Nowhere.
    record Disabled() implements Results {

        @Override
        public String toString() {
            return "disabled";
        }
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
