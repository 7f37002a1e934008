package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.client.TaskClient;
import dev.jtask.seal.Signatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class JtaskPropertiesTest {

    /// Its client is never asked for, and no broker with it.
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JtaskAutoConfiguration.class, OutboxAutoConfiguration.class, WorkerAutoConfiguration.class))
            .withBean(
                    TaskClient.class,
                    () -> {
                        throw new IllegalStateException("no broker here");
                    },
                    client -> client.setLazyInit(true));

    @Test
    void hasDefaultsForAll() {
        var jtask = bound(Map.of());

        assertThat(jtask.brokerUri()).isEqualTo("amqp://guest:guest@localhost:5672/");
        assertThat(jtask.consumed()).containsExactly("celery");
        assertThat(jtask.worker().enabled()).isFalse();
        assertThat(jtask.worker().drainTimeout()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aWorkerConsumesWhatTheApplicationSendsToUnlessItSaysMore() {
        assertThat(bound(Map.of("jtask.queue", "mail")).consumed()).containsExactly("mail");
        assertThat(bound(Map.of("jtask.queue", "mail", "jtask.worker.queues", "a,b"))
                        .consumed())
                .containsExactly("a", "b");
    }

    @Test
    void aKeysFileIsForTheClientAndSignaturesForTheWorker() {
        assertThat(bound(Map.of()).seal().isNone()).isTrue();

        var jtask = bound(Map.of("jtask.keys-file", "/etc/jtask/keys.json", "jtask.worker.signatures", "require"));
        assertThat(jtask.seal().keys()).isEqualTo(Path.of("/etc/jtask/keys.json"));
        assertThat(jtask.worker().signatures()).isEqualTo(Signatures.REQUIRE);
    }

    @ParameterizedTest
    @CsvSource({
        "jtask.keys-file, /etc/jtask/keys.json, dev.jtask:jtask-jose",
        "jtask.publish-timeout, 0s, jtask.publish-timeout",
    })
    void whatCannotBeUsedIsNamedOrWhatItNeeds(String property, String value, String named) {
        var jtask = bound(Map.of(property, value));

        assertThatThrownBy(() -> connect(jtask))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aLoginByTokenIsReadWholeOrRefused() {
        assertThat(bound(Map.of()).oauth().login()).isEmpty();
        var all = new HashMap<>(Map.of(
                "jtask.oauth.token-uri", "https://login.example/token",
                "jtask.oauth.client-id", "shop",
                "jtask.oauth.client-secret", "sEcret",
                "jtask.oauth.audience", "mq"));
        assertThat(bound(all).oauth().login())
                .hasValueSatisfying(
                        login -> assertThat(login).hasToString("client 'shop' of https://login.example/token"));
        assertThat(bound(all).toString()).doesNotContain("sEcret");

        all.remove("jtask.oauth.client-id");
        var part = bound(all).oauth();
        assertThatThrownBy(part::login)
                .hasMessageContaining("jtask.oauth.client-id")
                .hasMessageNotContaining("sEcret");
    }

    @Test
    void brokerHasTlsAndTheTokensLogin() {
        var broker = bound(Map.of(
                        "jtask.broker-uri", "amqps://h",
                        "jtask.tls.ca", "/etc/ca.crt",
                        "jtask.oauth.token-uri", "https://login.example/token",
                        "jtask.oauth.client-id", "shop",
                        "jtask.oauth.client-secret", "sEcret"))
                .broker();

        assertThat(broker.tls().ca()).isEqualTo(Path.of("/etc/ca.crt"));
        assertThat(broker.oauth()).hasToString("client 'shop' of https://login.example/token");
        assertThat(bound(Map.of()).broker().oauth()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://login.example/sEcret | amqp://h          | jtask.oauth.token-uri",
                "https://login.example/token | amqp://me:sEcret@h | leave user, password and auth_mechanism away",
            })
    void aLoginByTokenThatCannotBeUsedStopsTheStart(String tokens, String broker, String reason) {
        var jtask = bound(Map.of(
                "jtask.broker-uri",
                broker,
                "jtask.oauth.token-uri",
                tokens,
                "jtask.oauth.client-id",
                "shop",
                "jtask.oauth.client-secret",
                "sEcret"));

        assertThatThrownBy(() -> connect(jtask))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("sEcret");
    }

    @Test
    void everyPropertyIsExplainedToEditors() throws IOException {
        var descriptions = new HashMap<String, String>();
        try (var metadata = JtaskProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new ObjectMapper()
                    .readTree(metadata)
                    .path("properties")
                    .forEach(each -> descriptions.put(
                            each.path("name").asText(), each.path("description").asText()));
        }

        assertThat(descriptions)
                .containsKeys("jtask.broker-uri", "jtask.tls.ca", "jtask.worker.enabled", "jtask.worker.drain-timeout")
                .containsKeys("jtask.outbox", "jtask.outbox.create-table", "jtask.outbox.poll-interval")
                .containsKeys("jtask.observations.enabled");
        assertThat(descriptions)
                .allSatisfy(
                        (name, description) -> assertThat(description).as(name).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "amqp://u:sEcret@h/v, redis://:sEcret@h/0",
        "amqp://u:sEcret, redis://:sEcret",
        "sEcret, sEcret",
        "amqps://u:sEcret@h;amqp://u:sEcret@i, rediss://h?sEcret=sEcret",
    })
    void showsNoCredentials(String broker, String backend) {
        var jtask = bound(Map.of(
                "jtask.broker-uri", broker,
                "jtask.result-backend", backend,
                "jtask.keys-file", "{\"keys\":[{\"k\":\"sEcret\"}]}",
                "jtask.tls.certificate", "/etc/tls.crt",
                "jtask.tls.key", "-----BEGIN PRIVATE KEY-----\nsEcret"));

        assertThat(jtask.toString()).contains("queue=celery", "keysFile=true").doesNotContain("sEcret");
        assertThat(bound(Map.of()).toString()).contains("amqp://localhost:5672", "resultBackend=rpc://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jtask.keys-file    | {\"keys\":[{\"k\":\"sEcret\"}]}",
                "jtask.tls.ca       | -----BEGIN CERTIFICATE----- sEcret",
            })
    void theContentOfAFileInPlaceOfItsPathIsNotRepeated(String property, String content) {
        var jtask = bound(Map.of("jtask.broker-uri", "amqps://127.0.0.1:1", property, content));

        assertThatThrownBy(() -> connect(jtask))
                .isInstanceOf(JtaskStartException.class)
                .satisfies(e -> {
                    var trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("sEcret");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "jtask.worker.queue=mail, jtask.worker.queues",
        "jtask.worker.concurency=4, jtask.worker.concurrency",
        "jtask.broker-url=amqp://u:sEcret@h, jtask.broker-uri",
        "jtask.send.after.commit=false, jtask.send-after-commit",
        "jtask.workers.enabled=true, jtask.worker.enabled",
        "jtask.tls.certificat=/etc/tls.crt, jtask.tls.certificate",
        "jtask.oauth.client-secret-fil=sEcret, jtask.oauth.client-secret-file",
    })
    void aPropertyThatIsUnknownStopsTheStart(String property, String meant) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(JtaskStartException.class)
                        .hasMessageContaining("the property " + property.replaceFirst("=.*", "") + " is not known")
                        .hasMessageContaining("did you mean " + meant + "?")
                        .satisfies(e -> assertThat(e).hasMessageNotContaining("sEcret")));
    }

    @Test
    void allThatIsUnknownIsToldAtOnceWithItsPlace() {
        assertThat(KnownProperties.faults(List.of(new MapPropertySource(
                        "file", Map.of("jtask.que", "a", "jtask.worker.drain-timout", "1s", "jtasks.que", "b")))))
                .containsExactly(
                        "the property jtask.que is not known (\"jtask.que\" from property source \"file\"); did you mean jtask.queue?",
                        "the property jtask.worker.drain-timout is not known (\"jtask.worker.drain-timout\" from property source \"file\"); did you mean jtask.worker.drain-timeout?");
    }

    @Test
    void everySpellingThatSpringTakesIsKnown() {
        var sources = List.<PropertySource<?>>of(
                new MapPropertySource(
                        "file",
                        Map.of(
                                "jtask.brokerUri", "a",
                                "jtask.worker.drain_timeout", "1s",
                                "jtask.worker.queues[0]", "b",
                                "jtask.worker.queues[1]", "c",
                                "jtask.tls.ca", "d",
                                "spring.application.name", "e")),
                new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of(
                                "JTASK_BROKERURI", "a",
                                "JTASK_BROKER_URI", "a",
                                "JTASK_WORKER_DRAINTIMEOUT", "1s",
                                "JTASK_WORKER_QUEUES_0", "b",
                                "JTASK_PORT_80_TCP_ADDR", "10.0.0.1",
                                "HOME", "/")));

        assertThat(KnownProperties.faults(sources)).isEmpty();
        assertThat(KnownProperties.warnings(sources)).isEmpty();
    }

    @Test
    void whatTheMachineSaysForAllProgramsIsWarnedOfOnly() {
        var sources = List.<PropertySource<?>>of(
                new MapPropertySource("systemProperties", Map.of("jtask.worker.queue", "sEcret")),
                new SystemEnvironmentPropertySource("systemEnvironment", Map.of("JTASK_WORKER_QUEUE", "sEcret")));

        assertThat(KnownProperties.faults(sources)).isEmpty();
        assertThat(KnownProperties.warnings(sources)).hasSize(2).noneMatch(each -> each.contains("sEcret"));
        assertThat(KnownProperties.warnings(sources))
                .anyMatch(each -> each.contains("did you mean jtask.worker.queues?"))
                .anyMatch(each -> each.contains("JTASK_WORKER_QUEUE is not known"))
                .anyMatch(each -> each.contains("did you mean JTASK_WORKER_QUEUES?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", "off", "no", "0", "Off"})
    void everyWordForNoMeansNo(String word) {
        runner.withPropertyValues("jtask.worker.enabled=" + word)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WorkerLifecycle.class));
        runner.withPropertyValues("jtask.sendAfterCommit=" + word)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AfterCommit.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "yes", "1"})
    void everyWordForYesMeansYes(String word) {
        runner.withPropertyValues("jtask.worker.enabled=" + word)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("no bean has a method annotated with @Task"));
        runner.withPropertyValues("jtask.send-after-commit=" + word)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AfterCommit.class));
    }

    @Test
    void aWordForNeitherIsToldWithTheProperty() {
        runner.withPropertyValues("jtask.worker.enabled=perhaps")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "jtask.worker.enabled is neither true nor false. Write true or false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jtask.outbox=JDBC", "JTASK_OUTBOX=jdbc"})
    void anOutboxNeedsADatabaseOfWhichThereIsOne(String property) {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(
                                property.startsWith("JTASK_")
                                        ? new SystemEnvironmentPropertySource("systemEnvironment", map(property))
                                        : new MapPropertySource("file", map(property))))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("the application has no DataSource, or several"));
    }

    @Test
    void withoutAnOutboxItsPropertiesDoNothing() {
        runner.withPropertyValues("jtask.outbox=none", "jtask.outbox.create-table=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OutboxLifecycle.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jtask.outbox=jbdc                                     | jtask.outbox is neither none nor jdbc. Write none or jdbc",
                "jtask.outbox=jdbc, jtask.send-after-commit=off        | jtask.send-after-commit=false lets it go at once. Remove one",
                "jtask.outbox=jdbc, jtask.outbox.table=a;b             | jtask.outbox.table is 'a;b', and may be a name or schema.name",
                "jtask.outbox=jdbc, jtask.outbox.batch=0               | jtask.outbox.batch is 0, and may be 1 to 10000",
                "jtask.outbox=jdbc, jtask.outbox.batch=many            | jtask.outbox.batch is no Integer",
                "jtask.outbox=jdbc, jtask.outbox.poll-interval=0s      | jtask.outbox.poll-interval is PT0S, and must be above zero",
                "jtask.outbox=jdbc, jtask.outbox.create-table=perhaps  | jtask.outbox.create-table is no Boolean",
                "jtask.outbox=jdbc, jtask.outbox.create-tables=true    | did you mean jtask.outbox.create-table?",
                "jtask.outboks=jdbc                                    | did you mean jtask.outbox?",
            })
    void whatIsWrongWithAnOutboxIsToldWithTheProperty(String properties, String fault) {
        runner.withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:"))
                .withPropertyValues(properties.split(", "))
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(fault));
    }

    @Test
    void aTableThatIsMissingStopsTheStartUntilItIsAskedForOrMadeByMigrations() {
        var shop = runner.withBean(
                        DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:made;DB_CLOSE_DELAY=-1"))
                .withPropertyValues("jtask.outbox=jdbc", "jtask.broker-uri=amqp://127.0.0.1:1");

        shop.run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("the table jtask_outbox cannot be read")
                .hasStackTraceContaining("or set jtask.outbox.create-table=true"));
        shop.withPropertyValues("jtask.outbox.create-table=true")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(OutboxLifecycle.class)
                        .hasSingleBean(AfterCommit.class));
        shop.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(OutboxLifecycle.class).troubles()).isEmpty();
        });
    }

    @Test
    void inYamlTheOutboxAndWhatIsSaidOfItStandBesideEachOther() throws IOException {
        var yaml = "jtask: {outbox: jdbc, outbox.create-table: true, outbox.table: a.b}";
        var sources = new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(sources.get(0));

        assertThat(KnownProperties.faults(sources)).isEmpty();
        assertThat(Binder.get(environment)
                        .bindOrCreate("jtask", JtaskProperties.class)
                        .outbox())
                .isEqualTo(JtaskProperties.Outbox.JDBC);
        assertThat(OutboxProperties.of(environment))
                .isEqualTo(new OutboxProperties(true, "a.b", 100, Duration.ofSeconds(1)));
    }

    private static Map<String, Object> map(String property) {
        var parts = property.split("=", 2);
        return Map.of(parts[0], parts[1]);
    }

    private static TaskClient connect(JtaskProperties jtask) {
        var beans = new StaticListableBeanFactory();
        var environment = new StandardEnvironment();
        return new JtaskAutoConfiguration()
                .taskClient(
                        jtask,
                        ApplicationBroker.of(jtask, beans, environment),
                        beans.getBeanProvider(AfterCommit.class),
                        beans.getBeanProvider(TaskTracing.class),
                        environment);
    }

    private static JtaskProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("jtask", JtaskProperties.class);
    }
}
