package dev.jtask.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/// Two tasks of one name, among those that are compiled together. A method and what overrides it are one task.
final class NameFaults {

    private final Elements elements;
    private final Types types;
    private final Map<String, List<TaskMethod>> known = new HashMap<>();

    NameFaults(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    Optional<Fault> of(TaskMethod method) {
        var others = known.computeIfAbsent(method.task().value(), name -> new ArrayList<>());
        var fault = others.stream()
                .filter(other -> !areOne(other, method))
                .findFirst()
                .map(other -> method.fault(
                        "value",
                        "two tasks are named '%s': %s and %s; rename one"
                                .formatted(method.task().value(), other.place(), method.place())));
        others.add(method);
        return fault;
    }

    private boolean areOne(TaskMethod one, TaskMethod other) {
        var roots = roots(one);
        return roots(other).stream().anyMatch(roots::contains);
    }

    /// The method itself, and all that it overrides.
    private Set<ExecutableElement> roots(TaskMethod method) {
        var roots = new HashSet<ExecutableElement>();
        roots.add(method.method());
        collect(method, method.owner().asType(), roots);
        return roots;
    }

    private void collect(TaskMethod method, TypeMirror type, Set<ExecutableElement> roots) {
        for (var above : types.directSupertypes(type)) {
            if (above instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
                ElementFilter.methodsIn(element.getEnclosedElements()).stream()
                        .filter(each -> elements.overrides(method.method(), each, method.owner()))
                        .forEach(roots::add);
                collect(method, above, roots);
            }
        }
    }
}
