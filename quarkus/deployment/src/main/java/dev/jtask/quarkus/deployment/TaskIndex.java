package dev.jtask.quarkus.deployment;

import io.quarkus.deployment.util.JandexUtil;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/// Finds the tasks of classes in an index, where the worker finds them in classes: declared, inherited, or of an
/// interface; the nearest annotation counts.
final class TaskIndex {

    private final IndexView index;

    TaskIndex(IndexView index) {
        this.index = index;
    }

    /// The annotated methods of a class, by name.
    List<MethodInfo> tasks(ClassInfo type) {
        return annotated(type, Names.TASK);
    }

    /// Whether a class has a task, or a schedule that lacks one.
    boolean concerns(ClassInfo type) {
        return !tasks(type).isEmpty() || !annotated(type, Names.SCHEDULE).isEmpty();
    }

    /// What cannot be right with a class whose object runs tasks; the worker has the rest of it to say at its start.
    List<String> faults(ClassInfo type) {
        var faults = new ArrayList<String>();
        for (var method : tasks(type)) {
            if (!Modifier.isPublic(method.flags()) && !isOpened(type, method)) {
                faults.add("task '%s' (%s): make the method public".formatted(name(method), written(method)));
            }
        }
        for (var method : annotated(type, Names.SCHEDULE)) {
            var when = method.annotation(Names.SCHEDULE);
            if (!method.hasAnnotation(Names.TASK)) {
                faults.add(
                        "@TaskSchedule of %s: needs @Task too, whose name is what is sent".formatted(written(method)));
            } else if ((when.value("cron") == null) == (when.value("every") == null)) {
                faults.add("@TaskSchedule of %s: needs either cron or every".formatted(written(method)));
            }
        }
        return faults;
    }

    /// The class, what it extends and what it implements, as far as they are in the index: nearest first.
    Set<ClassInfo> lineage(ClassInfo type) {
        var classes = new ArrayList<ClassInfo>();
        for (var each = type; each != null; each = superclass(each)) {
            classes.add(each);
        }
        var all = new LinkedHashSet<>(classes);
        classes.forEach(each -> addInterfaces(each, all));
        return all;
    }

    static String name(MethodInfo task) {
        return task.annotation(Names.TASK).value().asString();
    }

    /// The method as people write it.
    static String written(MethodInfo method) {
        return method.declaringClass().name() + "." + method.name();
    }

    private List<MethodInfo> annotated(ClassInfo type, DotName annotation) {
        var nearest = new LinkedHashMap<String, MethodInfo>();
        for (var each : lineage(type)) {
            each.methods().stream()
                    .filter(method -> method.hasDeclaredAnnotation(annotation) && !method.isSynthetic())
                    .forEach(method -> nearest.putIfAbsent(signature(type, method), method));
        }
        return nearest.values().stream()
                .sorted(Comparator.comparing(MethodInfo::name))
                .toList();
    }

    /// A protected method of an abstract class may be public where it is implemented.
    private boolean isOpened(ClassInfo type, MethodInfo method) {
        return lineage(type).stream()
                .flatMap(each -> each.methods().stream())
                .anyMatch(other -> Modifier.isPublic(other.flags())
                        && signature(type, other).equals(signature(type, method)));
    }

    private @Nullable ClassInfo superclass(ClassInfo type) {
        return type.superName() == null ? null : index.getClassByName(type.superName());
    }

    private void addInterfaces(ClassInfo type, Set<ClassInfo> all) {
        type.interfaceNames().stream()
                .map(index::getClassByName)
                .filter(Objects::nonNull)
                .forEach(each -> {
                    all.add(each);
                    addInterfaces(each, all);
                });
    }

    /// With what `type` says in place of the parameters of a generic class that declares the method.
    private String signature(ClassInfo type, MethodInfo method) {
        var declaring = method.declaringClass();
        var given = new HashMap<String, Type>();
        if (!declaring.typeParameters().isEmpty()) {
            var arguments = JandexUtil.resolveTypeParameters(type.name(), declaring.name(), index);
            for (int i = 0; i < arguments.size(); i++) {
                given.put(declaring.typeParameters().get(i).identifier(), arguments.get(i));
            }
        }
        return method.name()
                + method.parameterTypes().stream()
                        .map(each -> each.kind() == Type.Kind.TYPE_VARIABLE
                                ? given.getOrDefault(each.asTypeVariable().identifier(), each)
                                : each)
                        .map(Type::name)
                        .toList();
    }
}
