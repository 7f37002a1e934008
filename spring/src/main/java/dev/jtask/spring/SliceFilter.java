package dev.jtask.spring;

import dev.jtask.task.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.ClassMetadata;
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
        return !withTasks || !hasTasks(found, classes);
    }

    /// Of its own or of what it extends and implements, as a worker finds them.
    private static boolean hasTasks(MetadataReader found, MetadataReaderFactory classes) {
        return found.getAnnotationMetadata().hasAnnotatedMethods(Task.class.getName())
                || inherited(found.getClassMetadata()).anyMatch(name -> hasTasks(name, classes));
    }

    private static boolean hasTasks(String name, MetadataReaderFactory classes) {
        try {
            return hasTasks(classes.getMetadataReader(name), classes);
        } catch (IOException e) {
            // of a library that is not there, so that the component is none in the application either
            return false;
        }
    }

    private static Stream<String> inherited(ClassMetadata type) {
        return Stream.concat(Stream.ofNullable(type.getSuperClassName()), Arrays.stream(type.getInterfaceNames()))
                .filter(name -> !name.startsWith("java."));
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
