package dev.jtask.quarkus.deployment;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageProxyDefinitionBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.util.ServiceUtil;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.Type.Kind;

/// What a native executable must keep: the methods that are called by their names, and the types that Jackson reads and
/// writes.
final class NativeProcessor {

    private static final String OURS = "dev.jtask.";
    private static final List<String> SERVICES =
            List.of("dev.jtask.backend.ResultStoreProvider", "dev.jtask.seal.SealProvider");

    @BuildStep
    void tasks(
            TaskBeansBuildItem tasks,
            CombinedIndexBuildItem combined,
            BuildProducer<ReflectiveClassBuildItem> classes,
            BuildProducer<ReflectiveHierarchyBuildItem> types) {
        var index = combined.getIndex();
        var tree = new TaskIndex(index);
        for (var bean : tasks.beans()) {
            tree.lineage(bean.type()).forEach(each -> classes.produce(called(each)));
            bean.tasks().forEach(task -> values(task).forEach(type -> types.produce(written(type, index, task))));
        }
    }

    @BuildStep
    void stubs(
            CombinedIndexBuildItem combined,
            BuildProducer<NativeImageProxyDefinitionBuildItem> proxies,
            BuildProducer<ReflectiveClassBuildItem> classes,
            BuildProducer<ReflectiveHierarchyBuildItem> types) {
        var index = combined.getIndex();
        for (var stub : index.getAnnotations(Names.STUB)) {
            var type = stub.target().asClass();
            proxies.produce(new NativeImageProxyDefinitionBuildItem(type.name().toString()));
            for (var each : new TaskIndex(index).lineage(type)) {
                classes.produce(called(each));
                each.methods()
                        .forEach(method ->
                                values(method).forEach(value -> types.produce(written(value, index, method))));
            }
        }
    }

    @BuildStep
    void services(BuildProducer<ServiceProviderBuildItem> providers) throws IOException {
        for (var service : SERVICES) {
            var found = ServiceUtil.classNamesNamedIn(
                    Thread.currentThread().getContextClassLoader(), "META-INF/services/" + service);
            if (!found.isEmpty()) {
                providers.produce(new ServiceProviderBuildItem(service, found));
            }
        }
    }

    private static ReflectiveClassBuildItem called(ClassInfo type) {
        return ReflectiveClassBuildItem.builder(type.name().toString())
                .methods()
                .reason("its methods are tasks")
                .build();
    }

    private static ReflectiveHierarchyBuildItem written(Type type, IndexView index, MethodInfo by) {
        return ReflectiveHierarchyBuildItem.builder(type)
                .index(index)
                .ignoreTypePredicate(name -> name.toString().startsWith(OURS)
                        || ReflectiveHierarchyBuildItem.DefaultIgnoreTypePredicate.INSTANCE.test(name))
                .source(TaskIndex.written(by))
                .build();
    }

    /// What goes over the wire: arguments, and the result behind its handle or promise.
    private static Stream<Type> values(MethodInfo method) {
        return Stream.concat(method.parameterTypes().stream(), Stream.of(method.returnType()))
                .flatMap(type -> type.kind() == Kind.PARAMETERIZED_TYPE
                        ? Stream.concat(Stream.of(type), type.asParameterizedType().arguments().stream())
                        : Stream.of(type))
                .filter(type -> type.kind() != Kind.VOID && type.kind() != Kind.PRIMITIVE);
    }
}
