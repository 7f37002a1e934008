package dev.jtask.spring;

import dev.jtask.client.TaskStub;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
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

    private static void register(BeanDefinitionRegistry registry, Class<?> type) {
        var name = type.getName();
        if (!registry.containsBeanDefinition(name)) {
            var definition = new RootBeanDefinition(TaskStubBean.class);
            definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
            definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
            // what it makes: as the container asks for it, and as it is written ahead of time
            definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
            definition.setTargetType(ResolvableType.forClassWithGenerics(TaskStubBean.class, type));
            registry.registerBeanDefinition(name, definition);
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
