package dev.jtask.spring;

import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskStub;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/// Finds the interfaces with [TaskStub] in the application's packages.
final class TaskStubRegistrar implements ImportBeanDefinitionRegistrar {

    private final BeanFactory beans;
    private final Environment environment;
    private final ResourceLoader resources;

    /// As Spring calls it.
    TaskStubRegistrar(BeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        if (!AutoConfigurationPackages.has(beans)) {
            return;
        }
        var scanner = scanner();
        for (var root : AutoConfigurationPackages.get(beans)) {
            scanner.findCandidateComponents(root).stream()
                    .map(BeanDefinition::getBeanClassName)
                    .forEach(name -> register(
                            registry, ClassUtils.resolveClassName(String.valueOf(name), resources.getClassLoader())));
        }
    }

    private <S> void register(BeanDefinitionRegistry registry, Class<S> type) {
        var name = type.getName();
        if (!registry.containsBeanDefinition(name)) {
            var definition = BeanDefinitionBuilder.genericBeanDefinition(type, () -> stub(type))
                    .getBeanDefinition();
            registry.registerBeanDefinition(name, definition);
        }
    }

    private <S> S stub(Class<S> type) {
        var annotation = type.getAnnotation(TaskStub.class);
        var queue = annotation == null ? "" : queue(type, annotation.queue());
        var client = beans.getBean(TaskClient.class);
        return queue.isEmpty()
                ? client.stub(type, UnaryOperator.identity())
                : client.stub(type, request -> request.queue(queue));
    }

    private String queue(Class<?> type, String written) {
        try {
            return environment.resolveRequiredPlaceholders(written);
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(
                    "the queue of @TaskStub %s: %s".formatted(type.getName(), e.getMessage()),
                    "Set the property, or correct the annotation",
                    e);
        }
    }

    private ClassPathScanningCandidateComponentProvider scanner() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false, environment) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition candidate) {
                return candidate.getMetadata().isInterface()
                        && candidate.getMetadata().isIndependent();
            }
        };
        scanner.setResourceLoader(resources);
        scanner.addIncludeFilter(new AnnotationTypeFilter(TaskStub.class));
        return scanner;
    }
}
