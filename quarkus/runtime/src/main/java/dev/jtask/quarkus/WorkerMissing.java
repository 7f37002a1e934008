package dev.jtask.quarkus;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/// Of an application that was built without a worker: says so to who asks for one.
@Singleton
public class WorkerMissing {

    void start(@Observes StartupEvent event, JtaskConfig jtask) {
        if (jtask.worker().enabled()) {
            throw new ConfigurationException(
                    "jtask.worker.enabled is true, and the application was built without a worker. Add the dependency dev.jtask:jtask-worker",
                    Set.of("jtask.worker.enabled"));
        }
    }
}
