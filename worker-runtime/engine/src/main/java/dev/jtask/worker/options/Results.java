package dev.jtask.worker.options;

import dev.jtask.backend.ResultStores;

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
    record Stored(String uri, String shown) implements Results {

        private static Stored of(String uri) {
            try (var store = ResultStores.open(uri)) {
                return new Stored(uri, store.toString());
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
        return switch (text) {
            case "rpc://", "rpc" -> new Rpc();
            case "disabled" -> new Disabled();
            case String uri when uri.contains("://") -> Stored.of(uri);
            default -> throw new IllegalArgumentException("use rpc://, redis://host:6379/0 or disabled");
        };
    }
}
