package dev.jtask.quarkus.deployment;

import dev.jtask.testing.RabbitMqNode;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.DockerStatusBuildItem;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives development and tests a RabbitMQ where the application names none.
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
final class DevServicesProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(DevServicesProcessor.class);
    private static final String BROKER = "jtask.broker-uri";

    @BuildStep
    @Nullable
    DevServicesResultBuildItem broker(JtaskBuildConfig config, DockerStatusBuildItem docker) {
        var wanted = config.devservices();
        if (!wanted.enabled() || ConfigUtils.isPropertyNonEmpty(BROKER)) {
            return null;
        }
        boolean container = docker.isContainerRuntimeAvailable();
        if (!container && !RabbitMqNode.isInstalled()) {
            LOG.warn(
                    "there is no broker for development: neither does Docker run here, nor is RabbitMQ installed; start one and set {}",
                    BROKER);
            return null;
        }
        Supplier<Startable> broker = container ? () -> new ContainerBroker(wanted.imageName()) : LocalBroker::new;
        return DevServicesResultBuildItem.<Startable>owned()
                .feature(JtaskProcessor.FEATURE)
                .description(container ? wanted.imageName() : "the RabbitMQ that is installed on this machine")
                .serviceConfig(List.of(wanted.imageName(), container))
                .startable(broker)
                .configProvider(Map.of(BROKER, Startable::getConnectionInfo))
                .build();
    }
}
