package dev.jtask.crds.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The CRD as the Java types say it.
final class GeneratedCrd {

    /// Where the committed copy is, seen from the module's folder.
    static final Path COMMITTED = Path.of("taskworkerpools.jtask.dev.yaml");

    private GeneratedCrd() {}

    static String yaml() {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "crd");
            new CRDGenerator()
                    .customResourceClasses(TaskWorkerPool.class)
                    .forCRDVersions("v1")
                    .withMinQuotes(true)
                    .withPostProcessor(new CrdFinish())
                    .inOutputDir(folder.toFile())
                    .generate();
            return quoteBooleans(
                    Files.readString(folder.resolve("taskworkerpools.jtask.dev-v1.yml"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// kubectl and Helm read YAML 1.1, where a bare `Off` in an enum is false.
    private static String quoteBooleans(String yaml) {
        return yaml.replaceAll("(?im)(^ *- |: )(on|off|yes|no|y|n)$", "$1\"$2\"");
    }
}
