package dev.jtask.processor;

import dev.jtask.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/// Looks at each method that is annotated with [Task] while it is compiled: what a worker would refuse when it starts
/// is an error at its place, and of each class of tasks there is one of typed requests.
@SupportedAnnotationTypes("dev.jtask.task.Task")
public final class TaskProcessor extends AbstractProcessor {

    private @Nullable NameFaults names;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        names = new NameFaults(environment.getElementUtils(), environment.getTypeUtils());
    }

    /// The annotation is left to other processors as well.
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        var types = new TypeFaults(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        var sound = new LinkedHashMap<TypeElement, List<TaskMethod>>();
        for (var method : ElementFilter.methodsIn(round.getElementsAnnotatedWith(Task.class))) {
            var task = TaskMethod.of(method);
            var faults = faults(task, types);
            faults.forEach(fault -> fault.tell(processingEnv.getMessager()));
            if (faults.isEmpty()) {
                sound.computeIfAbsent(task.owner(), owner -> new ArrayList<>()).add(task);
            }
        }
        var requests = new Requests(processingEnv, types);
        sound.forEach(requests::write);
        return false;
    }

    private List<Fault> faults(TaskMethod task, TypeFaults types) {
        var faults = new ArrayList<>(OptionFaults.of(task));
        if (names != null) {
            names.of(task).ifPresent(faults::add);
        }
        types.of(task).forEach(faults::add);
        return faults;
    }
}
