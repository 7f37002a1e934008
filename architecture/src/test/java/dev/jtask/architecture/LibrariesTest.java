package dev.jtask.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Libraries by room: each is known where its work is done, and nowhere else.
class LibrariesTest {

    private static final Map<String, List<String>> KNOWN_IN = Map.ofEntries(
            entry(
                    "com.rabbitmq.client..",
                    List.of(
                            "broker",
                            "broker.talk",
                            "oauth", // the library's ports for logins
                            "client", // dead letters are read by hand
                            "client.control",
                            "client.events",
                            "client.result",
                            "schedule", // one transaction a run
                            "worker.delivery",
                            "worker.celery..",
                            "operator.depth",
                            "benchmarks..")),
            entry("com.rabbitmq.http..", List.of("operator.management")),
            entry("com.nimbusds..", List.of("jose..")),
            entry("io.lettuce..", List.of("redis")),
            entry("org.apache.commons.compress..", List.of("protocol.message")),
            entry("org.tukaani..", List.of("protocol.message")),
            entry("com.github.luben..", List.of("protocol.message")),
            entry("io.opentelemetry..", List.of("broker.tracing", "worker.app", "spring")),
            entry(
                    "io.micrometer..",
                    List.of(
                            "worker",
                            "worker.metrics",
                            "worker.schedule",
                            "spring..",
                            "quarkus",
                            "worker.app",
                            "operator",
                            "operator.reconcile")),
            entry("org.springframework..", List.of("spring..", "examples.springboot")),
            entry("io.github.classgraph..", List.of("worker.registry.classes")),
            entry("io.fabric8..", List.of("crds..", "operator..", "local..")),
            entry("io.javaoperatorsdk..", List.of("operator..")),
            entry("io.quarkus..", List.of("operator..", "quarkus..")),
            entry("io.quarkiverse..", List.of("operator..")),
            entry("io.smallrye..", List.of("operator..", "quarkus..")),
            entry("jakarta..", List.of("operator..", "quarkus..", "examples.quarkus")),
            entry("org.jboss.jandex..", List.of("quarkus.deployment")),
            entry("org.testcontainers..", List.of("quarkus.deployment", "spring")),
            entry("org.junit..", List.of("testing", "test", "spring")));

    static Stream<String> libraries() {
        return KNOWN_IN.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void isKnownInItsRoomsOnly(String library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms(KNOWN_IN.getOrDefault(library, List.of())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(House.classes());
    }

    @Test
    void oneStepKnowsOfTraces() {
        noClasses()
                .that()
                .resideInAPackage("dev.jtask.worker.steps")
                .and()
                .haveNameNotMatching(".*\\.RunSpanStep(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.jtask.broker.tracing")
                .check(House.classes());
    }

    @Test
    void theAutoscalerKnowsOnlyTheJdk() {
        knowsOnly("dev.jtask.autoscaler..");
    }

    @Test
    void theProtocolKnowsOnlyTheJdkJacksonAndCompressions() {
        knowsOnly(
                "dev.jtask.protocol..",
                "javax.net.ssl..",
                "com.fasterxml.jackson..",
                "org.apache.commons.compress..",
                "org.tukaani.xz..",
                "com.github.luben.zstd..");
    }

    @Test
    void whatATaskNeedsBringsJacksonOnly() {
        knowsOnly("dev.jtask.task..", "dev.jtask.protocol..", "com.fasterxml.jackson..");
    }

    private static void knowsOnly(String room, String... others) {
        var known = Stream.concat(Stream.of(room, "java..", "org.jspecify.."), Stream.of(others));
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known.toArray(String[]::new)))
                .check(House.classes());
    }

    private static String[] rooms(List<String> names) {
        return names.stream().map(name -> House.ROOF + name).toArray(String[]::new);
    }
}
