package dev.jtask.broker.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The tracing of this module beside another version of OpenTelemetry, or beside none; all else is as outside.
final class OtherOpenTelemetry extends URLClassLoader {

    OtherOpenTelemetry(List<Path> jars) {
        super(
                Stream.concat(
                                jars.stream().map(OtherOpenTelemetry::url),
                                Stream.of(SendSpan.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()))
                        .toArray(URL[]::new),
                OtherOpenTelemetry.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.opentelemetry.") && !name.startsWith("dev.jtask.broker.tracing.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
