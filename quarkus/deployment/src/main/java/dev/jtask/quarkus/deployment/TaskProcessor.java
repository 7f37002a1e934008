package dev.jtask.quarkus.deployment;

import dev.jtask.quarkus.FoundTasks;
import dev.jtask.quarkus.JtaskRecorder;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationInfoBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// Finds the beans whose classes have tasks.
final class TaskProcessor {

    /// As with other annotations by which Quarkus calls a bean, a class without a scope is a singleton, unless somebody
    /// makes its objects.
    @BuildStep
    AutoAddScopeBuildItem singletons(CombinedIndexBuildItem index) {
        var produced = ProducedTypes.in(index.getIndex());
        return AutoAddScopeBuildItem.builder()
                .anyMethodMatches(method -> !Modifier.isStatic(method.flags())
                        && method.hasAnnotation(Names.TASK)
                        && !produced.contains(method.declaringClass().name()))
                .defaultScope(BuiltinScope.SINGLETON)
                .reason("it has methods annotated with @Task")
                .build();
    }

    /// Nobody injects them.
    @BuildStep
    UnremovableBeanBuildItem kept(CombinedIndexBuildItem index) {
        var tasks = new TaskIndex(index.getIndex());
        return new UnremovableBeanBuildItem(bean -> bean.getImplClazz() != null && tasks.concerns(bean.getImplClazz()));
    }

    @BuildStep
    TaskBeansBuildItem find(
            BeanDiscoveryFinishedBuildItem discovery,
            CombinedIndexBuildItem index,
            BuildProducer<ValidationErrorBuildItem> errors) {
        var tasks = new TaskIndex(index.getIndex());
        var chosen = new ChosenBeans(discovery.getBeans());
        var found = new ArrayList<TaskBean>();
        var faults = new ArrayList<String>();
        for (var bean : discovery.getBeans()) {
            var type = bean.getImplClazz();
            if (chosen.has(bean) && tasks.concerns(type)) {
                faults.addAll(tasks.faults(type));
                found.add(new TaskBean(bean.getIdentifier(), type, tasks.tasks(type)));
            }
        }
        faults.addAll(TaskNames.faults(found));
        faults.forEach(fault -> errors.produce(new ValidationErrorBuildItem(new DeploymentException(fault))));
        return new TaskBeansBuildItem(found);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem found(
            TaskBeansBuildItem tasks, ApplicationInfoBuildItem application, JtaskRecorder recorder) {
        var ids = new ArrayList<String>();
        List<Class<?>> types = new ArrayList<>();
        for (var bean : tasks.beans()) {
            ids.add(bean.id());
            types.add(ApplicationClasses.load(bean.type().name()));
        }
        return SyntheticBeanBuildItem.configure(FoundTasks.class)
                .scope(Singleton.class)
                .supplier(recorder.tasks(application.getName(), ids, types))
                .unremovable()
                .done();
    }
}
