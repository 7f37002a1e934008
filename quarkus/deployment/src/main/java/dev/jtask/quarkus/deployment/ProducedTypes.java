package dev.jtask.quarkus.deployment;

import jakarta.enterprise.inject.Produces;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/// The types whose objects the application makes for the container.
final class ProducedTypes {

    private ProducedTypes() {}

    static Set<DotName> in(IndexView index) {
        return index.getAnnotations(Produces.class).stream()
                .map(AnnotationInstance::target)
                .map(target -> target.kind() == Kind.METHOD
                        ? target.asMethod().returnType().name()
                        : target.asField().type().name())
                .collect(Collectors.toSet());
    }
}
