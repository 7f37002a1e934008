package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Which broker an application connects to, without connecting.
@ExtendWith(OutputCaptureExtension.class)
class ApplicationBrokerTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(JtaskAutoConfiguration.class, RabbitOfBoot3.class))
            .withBean(
                    TaskClient.class,
                    () -> {
                        throw new IllegalStateException("no broker here");
                    },
                    client -> client.setLazyInit(true));

    /// Of Spring Boot 3.5, with what an application may say in it.
    private record Rabbit(
            List<RabbitConnectionDetails.Address> addresses,
            @Nullable SslBundle bundle) implements RabbitConnectionDetails {

        static Rabbit at(String... hosts) {
            return new Rabbit(
                    List.of(hosts).stream()
                            .map(host -> new RabbitConnectionDetails.Address(host, 5673))
                            .toList(),
                    null);
        }

        @Override
        public String getUsername() {
            return "ada";
        }

        @Override
        public String getPassword() {
            return "sEcret/@:%";
        }

        @Override
        public String getVirtualHost() {
            return "shop/a b";
        }

        @Override
        public List<RabbitConnectionDetails.Address> getAddresses() {
            return addresses;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return bundle;
        }
    }

    /// Spring Boot's own has this name and cannot be made where spring-amqp is not; what is not said is null in it.
    private static final class PropertiesRabbitConnectionDetails implements RabbitConnectionDetails {

        @Override
        public List<RabbitConnectionDetails.Address> getAddresses() {
            return List.of(new RabbitConnectionDetails.Address("h", 5671));
        }
    }

    @Test
    void springsDetailsAreTheBroker(CapturedOutput output) {
        runner.withBean(RabbitConnectionDetails.class, () -> Rabbit.at("one", "[::1]"))
                .run(context -> {
                    var broker = broker(context);

                    assertThat(broker).hasToString("amqp://one:5673/shop%2Fa%20b;amqp://[::1]:5673/shop%2Fa%20b");
                    assertThat(broker.brokers()).allSatisfy(each -> {
                        assertThat(each.vhost()).isEqualTo("shop/a b");
                        assertThat(each.login().user()).isEqualTo("ada");
                        assertThat(each.login().password()).isEqualTo("sEcret/@:%");
                    });
                    assertThat(output)
                            .contains("by the bean of RabbitConnectionDetails")
                            .doesNotContain("sEcret");
                });
    }

    @ParameterizedTest
    @CsvSource({"jtask.broker-uri", "jtask.brokerUri"})
    void theyGoBeforeTheProperty(String property, CapturedOutput output) {
        runner.withBean(RabbitConnectionDetails.class, () -> Rabbit.at("one"))
                .withPropertyValues(property + "=amqp://me:sEcret@mine")
                .run(context -> {
                    assertThat(broker(context)).hasToString("amqp://one:5673/shop%2Fa%20b");
                    assertThat(output)
                            .contains("by the bean of RabbitConnectionDetails, which goes before jtask.broker-uri")
                            .doesNotContain("sEcret");
                });
    }

    @Test
    void withNeitherItIsTheDefault() {
        runner.run(context -> assertThat(broker(context)).hasToString("amqp://localhost:5672"));
    }

    @Test
    void jtasksOwnDetailsGoBeforeSprings() {
        runner.withBean(RabbitConnectionDetails.class, () -> Rabbit.at("one"))
                .withBean(JtaskConnectionDetails.class, () -> () -> BrokerOptions.of("amqp://own"))
                .run(context -> assertThat(broker(context)).hasToString("amqp://own:5672"));
    }

    @Test
    void ofSeveralOneMustBeChosen() {
        var several = runner.withBean("one", JtaskConnectionDetails.class, () -> () -> BrokerOptions.of("amqp://one"))
                .withBean("two", JtaskConnectionDetails.class, () -> () -> BrokerOptions.of("amqp://two"));

        several.run(context -> assertThatThrownBy(() -> broker(context))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("several")
                .hasMessageContaining("@Primary"));
        several.withPropertyValues("jtask.broker-uri=amqp://mine")
                .run(context -> assertThat(broker(context)).hasToString("amqp://mine:5672"));
    }

    @Test
    void ofSeveralOfSpringsOneMustBeChosen() {
        var several = runner.withBean("one", RabbitConnectionDetails.class, () -> Rabbit.at("one"))
                .withBean("two", RabbitConnectionDetails.class, () -> Rabbit.at("two"));

        several.run(context ->
                assertThatThrownBy(() -> broker(context)).isInstanceOf(NoUniqueBeanDefinitionException.class));
        several.withPropertyValues("jtask.broker-uri=amqp://mine")
                .run(context -> assertThat(broker(context)).hasToString("amqp://mine:5672"));
    }

    @Test
    void aBundleIsTlsUnlessThereAreFiles() {
        var bundle = SslBundle.of(null);
        assertThat(new DefaultSslBundleRegistry("broker", bundle).getBundle("broker"))
                .isSameAs(bundle);
        var secured = runner.withBean(
                RabbitConnectionDetails.class,
                () -> new Rabbit(List.of(new RabbitConnectionDetails.Address("one", 5671)), bundle));

        secured.run(context -> {
            assertThat(broker(context)).hasToString("amqps://one:5671/shop%2Fa%20b");
            assertThat(broker(context).context()).isNotNull();
        });
        secured.withPropertyValues("jtask.tls.ca=/etc/ca.crt").run(context -> {
            assertThat(broker(context).context()).isNull();
            assertThat(broker(context).tls().ca()).hasToString("/etc/ca.crt");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "spring.rabbitmq.host=h, amqp://h:5671",
        "spring.rabbitmq.ssl.enabled=true, amqps://h:5671",
        "spring.rabbitmq.addresses=amqps://h:5671, amqps://h:5671",
    })
    void springsPropertiesAreFollowed(String property, String shown, CapturedOutput output) {
        var amqp = runner.withBean(RabbitConnectionDetails.class, PropertiesRabbitConnectionDetails::new)
                .withPropertyValues(property);

        amqp.run(context -> {
            assertThat(broker(context)).hasToString(shown);
            assertThat(broker(context).brokers().get(0).login().user()).isEqualTo("guest");
            assertThat(output).contains("by spring.rabbitmq.*");
        });
        amqp.withPropertyValues("jtask.broker-uri=amqp://mine").run(context -> {
            assertThat(broker(context)).hasToString("amqp://mine:5672");
            assertThat(output).contains("goes before spring.rabbitmq.*");
        });
    }

    @Test
    void storesOfSpringsPropertiesAreRefusedWithAWayOut() {
        runner.withBean(RabbitConnectionDetails.class, PropertiesRabbitConnectionDetails::new)
                .withPropertyValues(
                        "spring.rabbitmq.ssl.enabled=true", "spring.rabbitmq.ssl.trust-store=classpath:trust.p12")
                .run(context -> assertThatThrownBy(() -> broker(context))
                        .isInstanceOf(JtaskStartException.class)
                        .hasMessageContaining("spring.rabbitmq.ssl.bundle"));
    }

    @Test
    void aServiceOfDockerComposeIsTheBroker() throws ReflectiveOperationException {
        var ports = Map.of(5672, 40_001);

        assertThat(new ComposedRabbitMq("rabbitmq:4-management", ports, Map.of(), Map.of())
                        .details()
                        .broker())
                .hasToString("amqp://127.0.0.1:40001");
        var bitnamis = new ComposedRabbitMq(
                        "registry.example/mq",
                        ports,
                        Map.of("RABBITMQ_USERNAME", "ada", "RABBITMQ_PASSWORD", "sEcret", "RABBITMQ_VHOST", "shop"),
                        Map.of("org.springframework.boot.service-connection", "rabbitmq"))
                .details()
                .broker();
        assertThat(bitnamis).hasToString("amqp://127.0.0.1:40001/shop");
        assertThat(bitnamis.brokers().get(0).login().password()).isEqualTo("sEcret");
    }

    private static BrokerOptions broker(AssertableApplicationContext context) {
        return context.getBean(ApplicationBroker.class).options();
    }
}
