package dev.jtask.test;

import dev.jtask.worker.registry.TaskClasses;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/// The objects of a test whose methods are tasks.
final class Beans {

    private final List<Place> places = new ArrayList<>();

    /// A field of an object of the test, which may be an outer one.
    private static final class Place {

        private final Field field;
        private final Object of;
        private boolean added;

        Place(Field field, Object of) {
            this.field = field;
            this.of = of;
        }

        @Nullable
        Object value() {
            try {
                return ReflectionSupport.tryToReadFieldValue(field, of).get();
            } catch (Exception e) {
                throw new IllegalStateException("%s cannot be read".formatted(this), e);
            }
        }

        @Override
        public String toString() {
            return "@TaskBean %s.%s".formatted(field.getDeclaringClass().getSimpleName(), field.getName());
        }
    }

    /// @param instances the test's object and those around it
    Beans(List<Object> instances) {
        for (var instance : instances) {
            AnnotationSupport.findAnnotatedFields(instance.getClass(), TaskBean.class)
                    .forEach(field -> places.add(new Place(field, instance)));
        }
    }

    /// Adds those that are there by now.
    synchronized void addTo(Given given) {
        for (var place : places) {
            var bean = place.added ? null : place.value();
            if (bean != null) {
                place.added = true;
                given.add(TaskClasses.of(bean));
            }
        }
    }

    /// @throws IllegalStateException naming a field that is null
    void requireAll() {
        for (var place : places) {
            if (place.value() == null) {
                throw new IllegalStateException(
                        "%s is null; assign it where it is declared, or in a @BeforeEach method".formatted(place));
            }
        }
    }

    /// One of a class that a test names.
    ///
    /// @throws IllegalArgumentException naming the class and what it lacks
    static Object make(Class<?> type) {
        try {
            return ReflectionSupport.newInstance(type);
        } catch (Exception e) { // whatever the constructor throws, checked or not
            throw new IllegalArgumentException(
                    "@JTaskTest cannot make a %s: %s; give it a constructor without parameters, or the test a field '@TaskBean final %s …'"
                            .formatted(type.getName(), e.getMessage(), type.getSimpleName()),
                    e);
        }
    }
}
