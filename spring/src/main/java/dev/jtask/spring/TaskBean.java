package dev.jtask.spring;

import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aopalliance.intercept.MethodInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/// A bean whose class has tasks. Each run asks the container for the bean, so that scopes are as everywhere, and calls
/// what the container gives, so that transactions, security and the like stand before it.
final class TaskBean<T> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskBean.class);

    private final ConfigurableListableBeanFactory beans;
    private final String name;
    private final Class<?> target;
    private final Class<T> type;

    private TaskBean(ConfigurableListableBeanFactory beans, String name, Class<?> target, Class<T> type) {
        this.beans = beans;
        this.name = name;
        this.target = target;
        this.type = type;
    }

    /// All of an application.
    ///
    /// @throws IllegalStateException when a task is on no interface of a bean that is known by its interfaces only
    static List<TaskBean<?>> in(ConfigurableListableBeanFactory beans) {
        var found = new ArrayList<TaskBean<?>>();
        for (var name : beans.getBeanNamesForType(Object.class, true, false)) {
            var target =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (target != null && !isSprings(target)) {
                var user = ClassUtils.getUserClass(target);
                var methods = tasks(name, user);
                if (!methods.isEmpty()) {
                    found.add(of(beans, name, user, methods));
                }
            }
        }
        return found;
    }

    /// Not what somebody wrote as a component in a package below Spring's, as its samples are.
    private static boolean isSprings(Class<?> type) {
        return type.getName().startsWith("org.springframework.")
                && (!AnnotatedElementUtils.hasAnnotation(type, Component.class)
                        || AnnotatedElementUtils.hasAnnotation(type, AutoConfiguration.class));
    }

    private static TaskBean<?> of(
            ConfigurableListableBeanFactory beans, String name, Class<?> target, Set<Method> methods) {
        var seen = beans.getType(name, false);
        if (seen == null || !target.isAssignableFrom(seen)) {
            if (seen != null && Proxy.isProxyClass(seen)) {
                methods.forEach(method -> AopUtils.selectInvocableMethod(method, seen));
            }
            return new TaskBean<>(beans, name, target, target);
        }
        // a proxy's own class says more of what cannot be called through it
        return new TaskBean<>(beans, name, target, seen);
    }

    /// What the worker reads.
    Class<T> type() {
        return type;
    }

    /// The class that its author wrote.
    Class<?> target() {
        return target;
    }

    /// What the next run is called on.
    T instance() {
        var bean = beans.getBean(name);
        return type.cast(type.isInstance(bean) ? bean : bridge(bean));
    }

    /// A JDK proxy is none of the bean's class: an object of a subclass hands each call on to the proxy's interface.
    private Object bridge(Object bean) {
        var factory = new ProxyFactory();
        factory.setTargetClass(type);
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) call -> AopUtils.invokeJoinpointUsingReflection(
                bean, AopUtils.selectInvocableMethod(call.getMethod(), bean.getClass()), call.getArguments()));
        return factory.getProxy(AopProxyUtils.ultimateTargetClass(bean).getClassLoader());
    }

    private static Set<Method> tasks(String bean, Class<?> type) {
        try {
            return MethodIntrospector.selectMethods(type, (ReflectionUtils.MethodFilter)
                    method -> AnnotatedElementUtils.hasAnnotation(method, Task.class)
                            // without @Task it is wrong, which Timed says
                            || AnnotatedElementUtils.hasAnnotation(method, TaskSchedule.class));
        } catch (IllegalStateException | LinkageError e) {
            LOG.warn("bean {} is not looked at for tasks: a class that its methods name is missing", bean, e);
            return Set.of();
        }
    }
}
