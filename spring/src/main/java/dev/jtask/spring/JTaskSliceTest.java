package dev.jtask.spring;

import dev.jtask.test.JTaskTest.Results;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/// A test of the beans that have tasks, and of nothing else of the application: no web server, no database, no broker.
/// The worker is the one of production; its broker is in memory and its clock stands until the test lets time pass, as
/// in a [dev.jtask.test.JTaskTest]. What the beans need comes from the test: `@MockitoBean`, `@Import`, a nested
/// `@TestConfiguration`. A [dev.jtask.client.TaskClient] and a [dev.jtask.test.JTask] are beans and parameters of the
/// test's methods. Each test has beans and a broker of its own. Needs dev.jtask:jtask-test and Java 25.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(SpringBootTestContextBootstrapper.class)
@ExtendWith({SpringExtension.class, SliceExtension.class})
@ImportAutoConfiguration
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
public @interface JTaskSliceTest {

    /// The beans' classes; by default all components of the application that have methods annotated with
    /// [dev.jtask.task.Task].
    Class<?>[] value() default {};

    /// Where results are.
    Results results() default Results.RPC;

    /// How long a task may run before the test fails, in real time.
    String patience() default "30s";
}
