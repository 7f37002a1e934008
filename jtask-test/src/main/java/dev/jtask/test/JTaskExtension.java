package dev.jtask.test;

import dev.jtask.client.TaskClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/// Makes a [Scene] for each test at its first need, and ends it after the test. By what JUnit 5 and 6 both have.
final class JTaskExtension
        implements ParameterResolver, BeforeTestExecutionCallback, AfterEachCallback, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(JTaskExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == TaskClient.class || type == JTask.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "a %s belongs to one test; take it as a parameter of the test or of a @BeforeEach method"
                            .formatted(parameter.getParameter().getType().getSimpleName()));
        }
        var jtask = scene(context).jtask();
        return parameter.getParameter().getType() == JTask.class ? jtask : jtask.client();
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        scene(context).requireBeans();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            failure.addSuppressed(scene(context).story());
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var scene = context.getStore(NAMESPACE).remove(Scene.class, Scene.class);
        if (scene != null) {
            scene.close();
        }
    }

    private static synchronized Scene scene(ExtensionContext context) {
        var store = context.getStore(NAMESPACE);
        var known = store.get(Scene.class, Scene.class);
        if (known != null) {
            return known;
        }
        var scene = Scene.of(context, new Servers(context.getRoot().getStore(NAMESPACE)));
        store.put(Scene.class, scene);
        return scene;
    }
}
