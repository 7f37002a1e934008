package dev.jtask.processor;

import dev.jtask.task.Task;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/// A method that is annotated with [Task].
record TaskMethod(TypeElement owner, ExecutableElement method, Task task) {

    private static final String CONTEXT = "dev.jtask.task.TaskContext";

    static TaskMethod of(ExecutableElement method) {
        if (method.getEnclosingElement() instanceof TypeElement owner) {
            return new TaskMethod(owner, method, method.getAnnotation(Task.class));
        }
        throw new AssertionError("a method stands in a type, not in " + method.getEnclosingElement());
    }

    /// The parameters that take arguments.
    List<VariableElement> arguments() {
        return method.getParameters().stream()
                .filter(parameter -> !isContext(parameter))
                .map(VariableElement.class::cast)
                .toList();
    }

    /// By the element of its type, whose text has its annotations as well.
    private static boolean isContext(VariableElement parameter) {
        return parameter.asType() instanceof DeclaredType type
                && type.asElement() instanceof TypeElement element
                && element.getQualifiedName().contentEquals(CONTEXT);
    }

    /// How errors name it.
    String place() {
        return "%s.%s".formatted(owner.getSimpleName(), method.getSimpleName());
    }

    /// At a value of the annotation, where it is written.
    Fault fault(String option, String sentence) {
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(Task.class.getName())) {
                return new Fault(method, mirror, value(mirror, option), sentence);
            }
        }
        return Fault.at(method, sentence);
    }

    private static @Nullable AnnotationValue value(AnnotationMirror mirror, String option) {
        return mirror.getElementValues().entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(option))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
