package dev.jtask.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where tasks are decided on, nothing is asked of the world: no file, no network, no clock, no thread.
class PurityTest {

    private static final Set<String> PURE_CLASSES = Set.of(
            House.ROOF + "worker.settle.Ending",
            House.ROOF + "worker.delivery.Shares",
            House.ROOF + "worker.delivery.PrefetchWindow",
            House.ROOF + "worker.delivery.AckLedger");

    private static final Set<String> WORLDLY_METHODS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty");

    private static final Set<String> WORLDLY_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.io.Console",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.InetAddress",
            "java.net.URL",
            "java.net.URLConnection",
            "java.util.Timer",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ForkJoinPool");

    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "dev.jtask.protocol..", "dev.jtask.autoscaler..")
            .or(describe(
                    "decide on deliveries",
                    found -> PURE_CLASSES.contains(found.getFullName().split("\\$", 2)[0])));

    @Test
    void decisionsTouchNoWorld() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..", "org.slf4j..")
                                .or(describe(
                                        "are files, sockets or threads",
                                        found -> WORLDLY_CLASSES.contains(found.getFullName()))))
                .orShould()
                .callMethodWhere(describe("it asks the machine", PurityTest::asksTheMachine))
                .check(House.classes());
    }

    private static boolean asksTheMachine(JavaCall<?> call) {
        return WORLDLY_METHODS.contains(call.getTargetOwner().getFullName() + "." + call.getName());
    }
}
