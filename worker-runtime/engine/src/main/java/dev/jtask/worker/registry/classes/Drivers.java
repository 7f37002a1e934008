package dev.jtask.worker.registry.classes;

import java.net.URLClassLoader;
import java.sql.Driver;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the JDBC drivers of jars register themselves. `DriverManager` looks for drivers once in the life of a JVM, in
/// the context of whoever asks first; those of a class loader that comes later must be loaded by somebody.
final class Drivers {

    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
    private static final String SERVICE = "META-INF/services/java.sql.Driver";

    private Drivers() {}

    static void register(URLClassLoader jars) {
        if (jars.findResource(SERVICE) == null) {
            return;
        }
        var drivers = ServiceLoader.load(Driver.class, jars).iterator();
        while (drivers.hasNext()) {
            try {
                LOG.debug("JDBC driver {}", drivers.next().getClass().getName());
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("a JDBC driver of the task jars cannot be loaded, tasks do without it: {}", e.toString());
            }
        }
    }
}
