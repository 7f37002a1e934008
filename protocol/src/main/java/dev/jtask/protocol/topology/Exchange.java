package dev.jtask.protocol.topology;

import java.util.Locale;

/// An exchange as it is declared: not deleted when unused, and without arguments.
public record Exchange(String name, Type type, Life life) {

    /// How it routes.
    public enum Type {
        DIRECT,
        FANOUT,
        TOPIC;

        /// As AMQP names it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether it survives the broker's restart.
    public enum Life {
        DURABLE,
        TRANSIENT
    }

    public boolean isDurable() {
        return life == Life.DURABLE;
    }
}
