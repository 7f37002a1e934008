package dev.jtask.spring;

import dev.jtask.client.TaskClient;
import dev.jtask.test.JTask;
import dev.jtask.test.JTaskScene;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/// Makes a [JTaskSliceTest] read as a [dev.jtask.test.JTaskTest] does: the same parameters, and on a failure what has
/// happened. By what JUnit 5 and 6 both have.
final class SliceExtension implements ParameterResolver, TestExecutionExceptionHandler {

    /// What is annotated is Spring's to give.
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return (type == TaskClient.class || type == JTask.class)
                && parameter.getDeclaringExecutable() instanceof Method
                && !parameter.isAnnotated(Autowired.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SpringExtension.getApplicationContext(context)
                .getBean(parameter.getParameter().getType());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            failure.addSuppressed(SpringExtension.getApplicationContext(context)
                    .getBean(JTaskScene.class)
                    .story());
        }
        throw failure;
    }
}
