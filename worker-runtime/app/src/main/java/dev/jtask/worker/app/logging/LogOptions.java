package dev.jtask.worker.app.logging;

import java.util.logging.Level;

/// How and how much the worker process logs.
///
/// @param pool of the worker, in every JSON line
public record LogOptions(LogFormat format, Detail detail, String pool) {

    /// The least severe lines that are written.
    public enum Detail {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        private Level level() {
            return switch (this) {
                case DEBUG -> Level.FINE;
                case INFO -> Level.INFO;
                case WARN -> Level.WARNING;
                case ERROR -> Level.SEVERE;
            };
        }
    }

    /// Writes the process's log to standard error this way.
    public void install() {
        format.install(detail.level(), pool);
    }
}
