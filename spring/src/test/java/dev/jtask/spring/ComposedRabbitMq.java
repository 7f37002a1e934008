package dev.jtask.spring;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/// A service of Docker Compose in the place of which stands a broker that runs already.
///
/// @param published where the ports of the service are on this machine
record ComposedRabbitMq(
        String picture, Map<Integer, Integer> published, Map<String, String> env, Map<String, String> labels)
        implements RunningService {

    /// What Spring Boot finds for it, as it does for each service of a project that runs.
    JtaskConnectionDetails details() throws ReflectiveOperationException {
        var source =
                DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class, Environment.class);
        source.setAccessible(true);
        var found = new ConnectionDetailsFactories(getClass().getClassLoader())
                .getConnectionDetails(source.newInstance(this, new StandardEnvironment()), true);
        return (JtaskConnectionDetails) requireNonNull(found.get(JtaskConnectionDetails.class));
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public ImageReference image() {
        return ImageReference.of(picture);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public ConnectionPorts ports() {
        return new Published(published);
    }

    private record Published(Map<Integer, Integer> ports) implements ConnectionPorts {

        @Override
        public int get(int port) {
            return requireNonNull(ports.get(port), "nothing is published there");
        }

        @Override
        public List<Integer> getAll() {
            return List.copyOf(ports.values());
        }

        @Override
        public List<Integer> getAll(String protocol) {
            return getAll();
        }
    }
}
