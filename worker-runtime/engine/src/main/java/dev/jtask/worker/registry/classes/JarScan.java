package dev.jtask.worker.registry.classes;

import dev.jtask.task.Task;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks into the class files of jars for annotated methods, so that only the classes of tasks are loaded.
final class JarScan {

    private static final Pattern NOT_TASKS = Pattern.compile("(?:javax?|jdk|sun|kotlin|scala|groovy)\\..*");

    private final ScanResult scan;
    private final ClassLoader loader;

    private JarScan(ScanResult scan, ClassLoader loader) {
        this.scan = scan;
        this.loader = loader;
    }

    /// @throws IllegalArgumentException naming the class that cannot be used, and the fix
    static List<TaskMethod> tasks(URLClassLoader jars) {
        var graph = new ClassGraph()
                .overrideClasspath(Arrays.asList(jars.getURLs()))
                .enableMethodInfo()
                .enableAnnotationInfo()
                .enableExternalClasses()
                .ignoreMethodVisibility()
                .ignoreClassVisibility();
        try (var scan = graph.scan()) {
            var found = new JarScan(scan, jars);
            return Owners.of(found.declaring(), found::heirs);
        }
    }

    private Collection<Class<?>> declaring() {
        var names = Stream.concat(
                        scan.getClassesWithMethodAnnotation(Task.class).stream().filter(JarScan::declaresTask),
                        inheritingFromOutside())
                .map(ClassInfo::getName)
                .distinct()
                .sorted()
                .toList();
        return load(names);
    }

    private List<Class<?>> heirs(Class<?> type) {
        var info = scan.getClassInfo(type.getName());
        if (info == null) {
            return List.of();
        }
        var heirs = type.isInterface() ? info.getClassesImplementing() : info.getSubclasses();
        return load(heirs.stream()
                .filter(each -> !each.isInterface())
                .map(ClassInfo::getName)
                .sorted()
                .toList());
    }

    /// Classes of the jars whose base lies on the worker's own class path, where nothing is scanned.
    private Stream<ClassInfo> inheritingFromOutside() {
        return scan.getAllClasses().stream()
                .filter(each -> each.isExternalClass()
                        && !NOT_TASKS.matcher(each.getName()).matches())
                .filter(each -> hasTasks(each.getName()))
                .flatMap(each -> Stream.concat(each.getSubclasses().stream(), each.getClassesImplementing().stream()))
                .filter(each -> !each.isInterface());
    }

    private boolean hasTasks(String name) {
        try {
            return TaskMethods.any(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            // an optional library that is not there has no tasks
            return false;
        }
    }

    private static boolean declaresTask(ClassInfo type) {
        return type.getDeclaredMethodInfo().stream()
                .anyMatch(method -> !method.isBridge() && method.hasAnnotation(Task.class));
    }

    private List<Class<?>> load(Collection<String> names) {
        return names.stream().<Class<?>>map(name -> Loading.load(loader, name)).toList();
    }
}
