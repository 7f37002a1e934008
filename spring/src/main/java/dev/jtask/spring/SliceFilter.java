package dev.jtask.spring;

import dev.jtask.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/// Keeps the application's components out of a [Slice], but perhaps those that have tasks.
final class SliceFilter extends TypeExcludeFilter {

    private final boolean withTasks;

    SliceFilter(boolean withTasks) {
        this.withTasks = withTasks;
    }

    @Override
    public boolean match(MetadataReader found, MetadataReaderFactory classes) {
        return !withTasks || !found.getAnnotationMetadata().hasAnnotatedMethods(Task.class.getName());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SliceFilter filter && filter.withTasks == withTasks;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(withTasks);
    }
}
