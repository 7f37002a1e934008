package dev.jtask.spring;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

/// What `spring-boot:process-aot` and the compiler make of an application, in this process.
final class AheadOfTime {

    private final Path folder;

    AheadOfTime(Path folder) {
        this.folder = folder;
    }

    /// @return what sets up a context without looking for anything
    @SuppressWarnings("unchecked")
    ApplicationContextInitializer<GenericApplicationContext> process(GenericApplicationContext application)
            throws ReflectiveOperationException, IOException {
        var generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(JtaskAutoConfiguration.class)),
                new FileSystemGeneratedFiles(kind -> folder.resolve(kind.name())));
        var name = new ApplicationContextAotGenerator().processAheadOfTime(application, generation);
        generation.writeGeneratedContent();
        compile();
        define();
        return Class.forName(name.reflectionName())
                .asSubclass(ApplicationContextInitializer.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private void compile() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var words = new StringWriter();
        Files.createDirectories(classes());
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var options = List.of("-proc:none", "-cp", classPath, "-d", classes().toString());
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(files(folder.resolve(Kind.SOURCE.name()), ".java"));
            if (!compiler.getTask(words, manager, null, options, null, sources).call()) {
                throw new IllegalStateException(words.toString());
            }
        }
    }

    /// Beside the classes that they are for: they use what only its package sees.
    private void define() throws ReflectiveOperationException, IOException {
        for (var file : files(classes(), ".class")) {
            var name = classes().relativize(file).toString().replace('/', '.');
            var beside = Class.forName(name.substring(0, name.indexOf("__")));
            MethodHandles.privateLookupIn(beside, MethodHandles.lookup()).defineClass(Files.readAllBytes(file));
        }
    }

    private Path classes() {
        return folder.resolve(Kind.CLASS.name());
    }

    private static List<Path> files(Path under, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(under)) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
