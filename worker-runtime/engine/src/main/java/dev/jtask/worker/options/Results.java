package dev.jtask.worker.options;

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
    /// @param uri with credentials, which are not shown
    record Stored(String uri) implements Results {

        @Override
        public String toString() {
            return uri.replaceFirst("//[^/]*@", "//");
        }
    }

    /// Nowhere.
    record Disabled() implements Results {

        @Override
        public String toString() {
            return "disabled";
        }
    }

    /// @throws IllegalArgumentException when it is none of the three
    static Results parse(String text) {
        return switch (text) {
            case "rpc://", "rpc" -> new Rpc();
            case "disabled" -> new Disabled();
            case String uri when uri.matches("[a-z][a-z0-9+]*://.+") -> new Stored(uri);
            default -> throw new IllegalArgumentException("use rpc://, redis://host:6379/0 or disabled");
        };
    }
}
