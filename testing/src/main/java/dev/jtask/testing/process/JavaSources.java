package dev.jtask.testing.process;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles Java as a page of the documentation has it.
public final class JavaSources {

    private JavaSources() {}

    /// @param sources by the name of their type
    /// @param classes where the classes go
    /// @param options of javac, further ones
    /// @throws AssertionError with the compiler's words and the sources
    public static void compile(Map<String, String> sources, Path classes, String... options) {
        var all = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
        all.addAll(List.of(options));
        var output = new StringWriter();
        var units = sources.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(output, null, null, all, null, units)
                .call();
        if (!compiled) {
            throw new AssertionError(output + "\n" + String.join("\n", sources.values()));
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
