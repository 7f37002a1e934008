package dev.jtask.quarkus;

import dev.jtask.client.TaskClient;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Hands what the build has found to the application.
@Recorder
public class JtaskRecorder {

    /// @param ids the beans' names in the container
    /// @param types their classes, in the same order
    public Supplier<FoundTasks> tasks(String application, List<String> ids, List<Class<?>> types) {
        var beans = new ArrayList<FoundTasks.Bean>();
        for (int i = 0; i < ids.size(); i++) {
            beans.add(new FoundTasks.Bean(ids.get(i), types.get(i)));
        }
        var found = new FoundTasks(application, beans);
        return () -> found;
    }

    public Supplier<KnownProperties> knownProperties(List<String> names) {
        return () -> new KnownProperties(names);
    }

    /// A bean of an interface with [dev.jtask.client.TaskStub].
    public <S> Function<SyntheticCreationalContext<S>, S> stub(Class<S> type, String queue) {
        return context -> {
            var client = context.getInjectedReference(TaskClient.class);
            if (queue.isEmpty()) {
                return client.stub(type, UnaryOperator.identity());
            }
            var named = Placeholders.resolve("the queue of @TaskStub " + type.getName(), queue);
            return client.stub(type, request -> request.queue(named));
        };
    }
}
