package dev.jtask.quarkus.deployment;

import dev.jtask.quarkus.JtaskRecorder;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;

/// Makes beans of the interfaces with [dev.jtask.client.TaskStub].
final class StubProcessor {

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void stubs(
            CombinedIndexBuildItem index,
            JtaskRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans,
            BuildProducer<ValidationErrorBuildItem> errors) {
        for (var stub : index.getIndex().getAnnotations(Names.STUB)) {
            var type = stub.target().asClass();
            var faults = StubFaults.of(type);
            faults.forEach(fault -> errors.produce(new ValidationErrorBuildItem(new DeploymentException(fault))));
            if (faults.isEmpty()) {
                beans.produce(SyntheticBeanBuildItem.configure(type.name())
                        .scope(Singleton.class)
                        .addInjectionPoint(ClassType.create(Names.CLIENT))
                        .createWith(recorder.stub(ApplicationClasses.load(type.name()), queue(stub)))
                        .done());
            }
        }
    }

    private static String queue(AnnotationInstance stub) {
        var queue = stub.value("queue");
        return queue == null ? "" : queue.asString();
    }
}
