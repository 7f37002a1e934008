package dev.jtask.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What holds while an application is built.
@ConfigMapping(prefix = "jtask")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface JtaskBuildConfig {

    /// The RabbitMQ that development and tests get where jtask.broker-uri is not set.
    Devservices devservices();

    /// A broker for development and tests.
    @ConfigGroup
    interface Devservices {

        /// Whether there is one: in a container where Docker runs, else by the RabbitMQ that is installed on this
        /// machine.
        @WithDefault("true")
        boolean enabled();

        /// The image of the container.
        @WithDefault("docker.io/library/rabbitmq:4")
        String imageName();
    }
}
