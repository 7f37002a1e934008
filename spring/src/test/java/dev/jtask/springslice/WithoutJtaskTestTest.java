package dev.jtask.springslice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/// Spring asks the starter about every test of an application, also where jtask-test is not.
class WithoutJtaskTestTest {

    @ExtendWith(SpringExtension.class)
    @TestPropertySource(properties = "a=b")
    static final class OfTheApplicationsOwn {}

    @Test
    void otherTestsAreLeftAlone() throws IOException, ReflectiveOperationException {
        try (var loader = new URLClassLoader(classPathWithout("jtask-test"), ClassLoader.getPlatformClassLoader())) {
            var type = loader.loadClass("org.springframework.test.context.ContextCustomizerFactory");
            var factory = loader.loadClass("dev.jtask.spring.SliceOfTest").getDeclaredConstructor();
            factory.setAccessible(true);
            var ask = type.getMethod("createContextCustomizer", Class.class, List.class);

            assertThat(ask.invoke(
                            factory.newInstance(), loader.loadClass(OfTheApplicationsOwn.class.getName()), List.of()))
                    .isNull();
        }
    }

    private static URL[] classPathWithout(String artifact) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (var entry : path.split(File.pathSeparator, -1)) {
            if (!entry.contains("/" + artifact + "/") && !entry.contains("/" + artifact + "-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
