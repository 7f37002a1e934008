package dev.jtask.spring;

import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskStub;
import dev.jtask.protocol.Internal;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.core.env.Environment;

/// Makes the bean of an interface with [TaskStub], at the start, so that what is wrong with it is told then. Public
/// with its constructor, since what Spring's ahead-of-time processing writes for it is in the interface's package.
@Internal
public final class TaskStubBean<S> implements SmartFactoryBean<S> {

    private final Class<S> type;
    private final TaskClient client;
    private final Environment environment;

    public TaskStubBean(Class<S> type, TaskClient client, Environment environment) {
        this.type = type;
        this.client = client;
        this.environment = environment;
    }

    @Override
    public boolean isEagerInit() {
        return true;
    }

    @Override
    public Class<S> getObjectType() {
        return type;
    }

    @Override
    public S getObject() {
        var annotation = type.getAnnotation(TaskStub.class);
        var queue = annotation == null ? "" : queue(annotation.queue());
        return queue.isEmpty()
                ? client.stub(type, UnaryOperator.identity())
                : client.stub(type, request -> request.queue(queue));
    }

    private String queue(String written) {
        try {
            return environment.resolveRequiredPlaceholders(written);
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(
                    "the queue of @TaskStub %s: %s".formatted(type.getName(), e.getMessage()),
                    "Set the property, or correct the annotation",
                    e);
        }
    }
}
