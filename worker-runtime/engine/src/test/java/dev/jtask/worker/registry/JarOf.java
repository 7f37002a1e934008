package dev.jtask.worker.registry;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.jtask.task.Task;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A jar of compiled sources, as a user's build makes one.
public final class JarOf {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) ([\\w$]+)");

    /// No more than tasks need: the compiler opens every jar.
    private static final String CLASSPATH = Stream.of(Task.class, JsonTypeInfo.class, JarOf.class)
            .map(type ->
                    type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));

    private final List<String> sources;
    private final List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", CLASSPATH));
    private final Map<String, String> resources = new LinkedHashMap<>();
    private String prefix = "";

    private JarOf(List<String> sources) {
        this.sources = sources;
    }

    public static JarOf sources(String... sources) {
        return new JarOf(List.of(sources)).option("-parameters");
    }

    /// As Maven compiles by default.
    static JarOf withoutParameterNames(String... sources) {
        return new JarOf(List.of(sources));
    }

    JarOf option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    public JarOf resource(String name, String text) {
        resources.put(name, text);
        return this;
    }

    /// Where the classes lie in the jar.
    JarOf under(String folder) {
        prefix = folder;
        return this;
    }

    /// Writes the jar, and returns its path.
    public Path at(Path jar) {
        try {
            var classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
            compile(classes);
            pack(classes, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path classes) {
        var output = new StringWriter();
        var all = new ArrayList<>(options);
        all.addAll(List.of("-d", classes.toString()));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        output,
                        null,
                        null,
                        all,
                        null,
                        sources.stream().map(Source::new).toList())
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(output.toString());
        }
    }

    private void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                entry(out, prefix + classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            for (var resource : resources.entrySet()) {
                entry(out, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String code) {
            super(URI.create("string:///" + name(code) + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }

        private static String name(String code) {
            return Stream.of(PACKAGE, TYPE)
                    .flatMap(pattern -> pattern.matcher(code).results().limit(1))
                    .map(match -> match.group(1).replace('.', '/'))
                    .reduce((folder, type) -> folder + "/" + type)
                    .orElseThrow();
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(sources.toArray());
    }
}
