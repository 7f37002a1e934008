package dev.jtask.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// In an application all connections are made of one value, so that none of them forgets the TLS files or the login.
class LoginsTest {

    /// Where the properties become that value.
    private static final Set<String> PLACES =
            Set.of(House.ROOF + "spring.JtaskProperties", House.ROOF + "quarkus.Connections");

    private static final Set<String> OF_A_BARE_URI = Set.of(
            House.ROOF + "broker.BrokerOptions.of",
            House.ROOF + "client.TaskClient.builder",
            House.ROOF + "client.TaskClient.connect",
            House.ROOF + "worker.WorkerBuilder.broker");

    @Test
    void anApplicationsConnectionsAreMadeOfOneValue() {
        noClasses()
                .that(resideInAnyPackage("dev.jtask.spring..", "dev.jtask.quarkus.."))
                .and(describe("are not the place", found -> !PLACES.contains(found.getFullName())))
                .should()
                .callMethodWhere(describe("it takes the broker's bare URI", LoginsTest::takesABareUri))
                .check(House.classes());
    }

    private static boolean takesABareUri(JavaCall<?> call) {
        return OF_A_BARE_URI.contains(call.getTargetOwner().getFullName() + "." + call.getName())
                && call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(String.class));
    }
}
