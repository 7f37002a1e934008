package dev.jtask.processor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.JacksonVersion;
import dev.jtask.task.Task;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Sources that were compiled with the processor, and what the compiler said.
record Compiled(List<Diagnostic<? extends JavaFileObject>> said, Path folder) {

    private static final String IMPORTS = "import dev.jtask.task.*; import java.util.*; import java.util.concurrent.*;";

    /// Classes of package `shop`, each with the imports of a task.
    ///
    /// @param folder for what comes of it
    static Compiled of(Path folder, String... classes) {
        return of(folder, List.of(), Arrays.stream(classes).map(Source::of).toList());
    }

    /// The same in a module, with what a task needs on the module path: `jtask.task`, `jtask.protocol` and Jackson.
    static Compiled inModule(Path folder, String module, String... classes) {
        var sources = new ArrayList<>(Arrays.stream(classes).map(Source::of).toList());
        sources.add(new Source("module-info", module));
        var path = Stream.of(
                        Jars.of(Task.class, folder.resolve("jtask.task.jar")),
                        Jars.of(JacksonVersion.class, folder.resolve("jtask.protocol.jar")),
                        Jars.of(JsonNode.class, folder.resolve("databind.jar")),
                        Jars.of(JsonParser.class, folder.resolve("core.jar")),
                        Jars.of(JsonProperty.class, folder.resolve("annotations.jar")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return of(folder, List.of("--module-path", path), sources);
    }

    private static Compiled of(Path folder, List<String> more, List<Source> sources) {
        var said = new DiagnosticCollector<JavaFileObject>();
        var options = new ArrayList<>(List.of(
                "-d",
                folder.toString(),
                "-Xlint:all,-processing,-classfile,-path,-options,-requires-automatic",
                "-Werror"));
        options.addAll(more);
        var task = ToolProvider.getSystemJavaCompiler().getTask(new StringWriter(), null, said, options, null, sources);
        task.setProcessors(List.of(new TaskProcessor()));
        task.call();
        return new Compiled(said.getDiagnostics(), folder);
    }

    /// Each error with its line and the code at which it is.
    List<String> errors() {
        return said.stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> "%s at %s".formatted(each.getMessage(Locale.ROOT), code(each)))
                .toList();
    }

    String notes() {
        return said.stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.NOTE)
                .map(each -> each.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    /// Everything, for whoever expects nothing.
    String all() {
        return said.stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
    }

    boolean has(String name) {
        return Files.exists(folder.resolve("shop/" + name + ".class"));
    }

    Class<?> load(String name) throws IOException, ClassNotFoundException {
        var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
        return loader.loadClass("shop." + name);
    }

    private static String code(Diagnostic<? extends JavaFileObject> diagnostic) {
        try {
            var code = diagnostic.getSource().getCharContent(true);
            int start = (int) diagnostic.getPosition();
            int end = (int) diagnostic.getEndPosition();
            return code.subSequence(start, Math.min(end, start + 40)).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        private Source(String name, String code) {
            super(URI.create("string:///shop/" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        static Source of(String code) {
            var name = code.replaceFirst("(?s).*?(?:class|interface|record|enum) (\\w+).*", "$1");
            return new Source(name, "package shop; %s\n%s".formatted(IMPORTS, code));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
