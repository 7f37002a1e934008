package dev.jtask.quarkus;

import dev.jtask.worker.registry.Lease;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.ManagedContext;
import jakarta.enterprise.context.Dependent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bean for one run of a task, in a request context of its own. What the container gives is called, so that
/// interceptors and transactions stand before it; what it made for this run alone is destroyed.
final class BeanLease<T> implements Lease<T> {

    private final ArcContainer container;
    private final InjectableBean<T> bean;
    private final @Nullable ManagedContext activated;
    private @Nullable InstanceHandle<T> handle;

    private BeanLease(ArcContainer container, InjectableBean<T> bean) {
        this.container = container;
        this.bean = bean;
        var request = container.requestContext();
        if (request.isActive()) {
            activated = null;
        } else {
            request.activate();
            activated = request;
        }
    }

    /// @throws IllegalStateException when the container has removed the bean
    static <T> Supplier<BeanLease<T>> of(FoundTasks.Bean found) {
        var container = Arc.container();
        InjectableBean<T> bean = container.bean(found.id());
        if (bean == null) {
            throw new IllegalStateException("the bean of %s with tasks is not in the container"
                    .formatted(found.type().getName()));
        }
        return () -> new BeanLease<>(container, bean);
    }

    @Override
    public T instance() {
        var taken = container.instance(bean);
        handle = taken;
        return taken.get();
    }

    @Override
    public void close() {
        try {
            if (handle != null && bean.getScope() == Dependent.class) {
                handle.destroy();
            }
        } finally {
            if (activated != null) {
                activated.terminate();
            }
        }
    }
}
