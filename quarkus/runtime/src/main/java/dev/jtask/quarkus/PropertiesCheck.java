package dev.jtask.quarkus;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Before anything starts by what the properties say.
@Singleton
public class PropertiesCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PropertiesCheck.class);

    void start(@Observes @Priority(1) StartupEvent event, KnownProperties known) {
        var sources = ConfigProvider.getConfig().getConfigSources();
        known.warnings(sources).forEach(LOG::warn);
        known.check(sources);
    }
}
