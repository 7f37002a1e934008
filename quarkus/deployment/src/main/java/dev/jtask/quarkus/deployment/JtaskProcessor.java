package dev.jtask.quarkus.deployment;

import dev.jtask.quarkus.ClientProducer;
import dev.jtask.quarkus.JtaTransactions;
import dev.jtask.quarkus.JtaskConfig;
import dev.jtask.quarkus.JtaskRecorder;
import dev.jtask.quarkus.KnownProperties;
import dev.jtask.quarkus.PropertiesCheck;
import dev.jtask.quarkus.WorkerLifecycle;
import dev.jtask.quarkus.WorkerLiveness;
import dev.jtask.quarkus.WorkerMissing;
import dev.jtask.quarkus.WorkerReadiness;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/// What every application with jtask has: a client, the check of its properties, and a worker where there is one.
final class JtaskProcessor {

    static final String FEATURE = "jtask";

    private static final String WORKER = "dev.jtask.worker.Worker";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    void beans(
            Capabilities capabilities,
            BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<HealthBuildItem> health) {
        beans.produce(new AdditionalBeanBuildItem(ClientProducer.class));
        if (capabilities.isPresent(Capability.TRANSACTIONS)) {
            beans.produce(new AdditionalBeanBuildItem(JtaTransactions.class));
        }
        boolean worker = QuarkusClassLoader.isClassPresentAtRuntime(WORKER);
        beans.produce(AdditionalBeanBuildItem.builder()
                .addBeanClasses(PropertiesCheck.class, worker ? WorkerLifecycle.class : WorkerMissing.class)
                .setUnremovable()
                .build());
        if (worker) {
            health.produce(new HealthBuildItem(WorkerReadiness.class.getName(), true));
            health.produce(new HealthBuildItem(WorkerLiveness.class.getName(), true));
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem knownProperties(JtaskRecorder recorder) {
        var names = Stream.of(JtaskConfig.class, JtaskBuildConfig.class)
                .flatMap(config -> PropertyNames.below(FEATURE, config).stream())
                .toList();
        return SyntheticBeanBuildItem.configure(KnownProperties.class)
                .scope(Singleton.class)
                .supplier(recorder.knownProperties(names))
                .done();
    }
}
