package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.ContainerEnvironment.Resolved;
import dev.jtask.local.kubernetes.node.ContainerEnvironment.Unresolvable;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("thumbnails-1")
            .withNamespace("shop")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build();

    @Test
    void takesValuesSecretsAndFields() {
        var container = new ContainerBuilder()
                .addNewEnv()
                .withName("HOST")
                .withNewValueFrom()
                .withNewSecretKeyRef("host", "rabbitmq", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("URI")
                .withValue("amqp://$(HOST)/$(LATER)")
                .endEnv()
                .addNewEnv()
                .withName("POD")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("NODE")
                .withValue("pool@$(POD)")
                .endEnv()
                .addNewEnv()
                .withName("ADDRESS")
                .withNewValueFrom()
                .withNewFieldRef("v1", "status.podIP")
                .endValueFrom()
                .endEnv()
                .build();

        assertThat(resolve(container))
                .isEqualTo(new Resolved(Map.of(
                        "HOST", "mq.example",
                        "URI", "amqp://mq.example/$(LATER)",
                        "POD", "thumbnails-1",
                        "NODE", "pool@thumbnails-1",
                        "ADDRESS", "127.64.0.1")));
    }

    @Test
    void namesTheKeyThatASecretLacks() {
        var container = new ContainerBuilder()
                .addNewEnv()
                .withName("URI")
                .withNewValueFrom()
                .withNewSecretKeyRef("uri", "rabbitmq", false)
                .endValueFrom()
                .endEnv()
                .build();

        assertThat(resolve(container))
                .isEqualTo(new Unresolvable(
                        "variable URI: secret rabbitmq has no key uri; create it or correct the reference"));
    }

    @Test
    void leavesOutAnOptionalKeyThatIsNotThere() {
        var container = new ContainerBuilder()
                .addNewEnv()
                .withName("URI")
                .withNewValueFrom()
                .withNewSecretKeyRef("uri", "rabbitmq", true)
                .endValueFrom()
                .endEnv()
                .build();

        assertThat(resolve(container)).isEqualTo(new Resolved(Map.of()));
    }

    @Test
    void expandsOnlyWhatIsDefined() {
        var defined = Map.of("A", "1$2", "B", "b");

        assertThat(Expansion.expand("$(A)-$(B)", defined)).isEqualTo("1$2-b");
        assertThat(Expansion.expand("$$(A) $A $(C) $", defined)).isEqualTo("$(A) $A $(C) $");
    }

    private static ContainerEnvironment resolve(Container container) {
        return ContainerEnvironment.of(
                container,
                POD,
                "127.64.0.1",
                (namespace, name, key) -> namespace.equals("shop") && name.equals("rabbitmq") && key.equals("host")
                        ? Optional.of("mq.example")
                        : Optional.empty());
    }
}
