package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Default;
import dev.jtask.task.Task;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.attribute.MethodAttributeAppender.ForInstrumentedMethod;
import net.bytebuddy.implementation.attribute.MethodAttributeAppender.NoOp;
import net.bytebuddy.implementation.bind.annotation.RuntimeType;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;

/// Objects of containers: what stands before a bean is called, what is written on the bean's class is read.
class ProxiesTest {

    public record Item(String name) {}

    public static class Mail {
        protected final List<String> calls;

        public Mail() {
            calls = new ArrayList<>();
        }

        @Task("mail.send")
        public String send(List<Item> items, @Default("1") int copies) {
            return items.getFirst().name() + " " + copies;
        }
    }

    /// What Spring's CGLIB makes: no annotations, no generics, no names, another object behind.
    @SuppressWarnings({"rawtypes", "unchecked"})
    public static class Mail$$SpringCGLIB$$0 extends Mail {
        private final Mail target = new Mail();

        @Override
        public final String send(List arg0, int arg1) {
            return "proxied " + target.send(arg0, arg1);
        }
    }

    /// What Quarkus makes of a bean with a normal scope.
    public static class Mail_ClientProxy extends Mail {
        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public String send(List arg0, int arg1) {
            return "proxied " + new Mail().send(arg0, arg1);
        }
    }

    /// What Quarkus makes of a bean with interceptors: annotations are copied.
    public static class Mail_Subclass extends Mail {
        @Override
        @Task("mail.send")
        @SuppressWarnings({"rawtypes", "unchecked"})
        public String send(List arg0, int arg1) {
            return "proxied " + super.send(arg0, arg1);
        }
    }

    public static class Sealed {
        @Task("sealed.run")
        public final String run() {
            return "ran";
        }
    }

    public static class Sealed$$SpringCGLIB$$0 extends Sealed {}

    public static class Sealed_Subclass extends Sealed {}

    public interface Files {
        @Task("files.read")
        String read(String name, @Default("\"utf-8\"") String charset);
    }

    public interface Unmarked {
        String read(String name);
    }

    public static class Reader implements Unmarked {
        @Override
        @Task("reader.read")
        public String read(String name) {
            return name;
        }
    }

    public static class Around {
        @RuntimeType
        public static Object around(@SuperCall java.util.concurrent.Callable<Object> real) throws Exception {
            return "proxied " + real.call();
        }
    }

    @Test
    void subclassesOfSpringAndQuarkusAreSeenThrough() throws Exception {
        for (var bean : List.of(new Mail$$SpringCGLIB$$0(), new Mail_ClientProxy(), new Mail_Subclass())) {
            var tasks = TaskClasses.of(bean);
            assertThat(Called.names(tasks)).containsExactly("mail.send");
            assertThat(Called.json(tasks, "mail.send", "[]", "{'items': [{'name': 'tea'}]}"))
                    .as("%s", bean.getClass())
                    .isEqualTo("proxied tea 1");
        }
    }

    @Test
    void subclassesOfByteBuddyAreSeenThrough() throws Exception {
        for (var appender : List.of(NoOp.INSTANCE, ForInstrumentedMethod.INCLUDING_RECEIVER)) {
            var bean = new ByteBuddy()
                    .subclass(Mail.class)
                    .method(ElementMatchers.named("send"))
                    .intercept(MethodDelegation.to(Around.class))
                    .attribute(appender)
                    .make()
                    .load(getClass().getClassLoader())
                    .getLoaded()
                    .getConstructor()
                    .newInstance();
            var tasks = TaskClasses.of(bean);
            assertThat(Called.json(tasks, "mail.send", "[]", "{'items': [{'name': 'tea'}]}"))
                    .isEqualTo("proxied tea 1");
        }
    }

    @Test
    void aProxyThatCannotPassAFinalMethodOnIsRefusedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(new Sealed$$SpringCGLIB$$0()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task 'sealed.run'")
                .hasMessageContaining("final");
    }

    @Test
    void aSubclassThatIsTheBeanItselfMayInheritFinalMethods() throws Exception {
        assertThat(Called.run(TaskClasses.of(new Sealed_Subclass()), "sealed.run"))
                .isEqualTo("ran");
    }

    @Test
    void aDynamicProxyIsReadByItsInterface() throws Exception {
        var tasks = TaskClasses.of(proxy(Files.class, (self, method, args) -> method.getName() + List.of(args)));
        assertThat(Called.names(tasks)).containsExactly("files.read");
        assertThat(Called.json(tasks, "files.read", "[]", "{'name': 'a.txt'}")).isEqualTo("read[a.txt, utf-8]");
    }

    @Test
    void whatAProxyWrapsComesOutAsItWas() {
        var thrown = new IOException("disk");
        var tasks = TaskClasses.of(proxy(Files.class, (self, method, args) -> {
            throw thrown;
        }));
        assertThatThrownBy(() -> Called.run(tasks, "files.read", "a")).isSameAs(thrown);
        var reflected = TaskClasses.of(proxy(Files.class, (self, method, args) -> {
            throw new InvocationTargetException(thrown);
        }));
        assertThatThrownBy(() -> Called.run(reflected, "files.read", "a")).isSameAs(thrown);
    }

    @Test
    void aDynamicProxyOfAnInterfaceWithoutTasksIsRefusedWithTheFix() {
        var proxy = proxy(Unmarked.class, (self, method, args) -> "");
        assertThatThrownBy(() -> TaskClasses.of(proxy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a proxy of dev.jtask.worker.registry.ProxiesTest$Unmarked")
                .hasMessageContaining("annotate the interface's method")
                .hasMessageContaining("proxies of classes");
    }

    @Test
    void aSupplierOfASubclassIsCalledThroughIt() throws Exception {
        var tasks = TaskClasses.of(Mail.class, Mail$$SpringCGLIB$$0::new);
        assertThat(Called.json(tasks, "mail.send", "[[{'name': 'tea'}]]", "{}")).isEqualTo("proxied tea 1");
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
