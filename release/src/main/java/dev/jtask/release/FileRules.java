package dev.jtask.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// What Maven Central asks to stand beside a pom, and the list of what is inside.
final class FileRules {

    private static final Pattern BESIDE = Pattern.compile(".*\\.(asc|md5|sha1|sha256|sha512)");
    private static final Map<String, String> SUMS = Map.of("md5", "MD5", "sha1", "SHA-1");
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

    private final boolean signed;

    FileRules(boolean signed) {
        this.signed = signed;
    }

    /// What is missing or wrong among the files of that artifact.
    List<String> faults(Artifact artifact, String packaging) {
        var faults = new ArrayList<String>();
        if (!packaging.equals("pom")) {
            holds(artifact, ".jar", "META-INF/MANIFEST.MF").ifPresent(faults::add);
            holds(artifact, "-sources.jar", ".java").ifPresent(faults::add);
            holds(artifact, "-javadoc.jar", "index.html").ifPresent(faults::add);
            if (!Files.exists(artifact.file("-cyclonedx.json"))) {
                faults.add("it has no list of what is inside, %s"
                        .formatted(artifact.file("-cyclonedx.json").getFileName()));
            }
        }
        for (var name : artifact.files()) {
            if (!name.startsWith(artifact.name() + "-" + artifact.version())) {
                faults.add("%s is not of this artifact and version".formatted(name));
            } else if (!BESIDE.matcher(name).matches()) {
                faults.addAll(beside(artifact.folder().resolve(name)));
            }
        }
        return faults;
    }

    private List<String> beside(Path file) {
        var faults = new ArrayList<String>();
        SUMS.forEach((suffix, algorithm) -> {
            var said = text(sibling(file, suffix));
            if (said.isEmpty()) {
                faults.add("%s has no .%s".formatted(file.getFileName(), suffix));
            } else if (!said.get().strip().equals(Sums.of(file, algorithm))) {
                faults.add("%s is not what its .%s says".formatted(file.getFileName(), suffix));
            }
        });
        if (signed
                && text(sibling(file, "asc"))
                        .filter(text -> text.startsWith(SIGNATURE))
                        .isEmpty()) {
            faults.add("%s has no signature, .asc".formatted(file.getFileName()));
        }
        return faults;
    }

    private static Optional<String> holds(Artifact artifact, String suffix, String ending) {
        var file = artifact.file(suffix);
        if (!Files.exists(file)) {
            return Optional.of("it has no %s".formatted(file.getFileName()));
        }
        try (var jar = new ZipFile(file.toFile())) {
            return jar.stream().anyMatch(entry -> entry.getName().endsWith(ending))
                    ? Optional.empty()
                    : Optional.of("%s holds no %s".formatted(file.getFileName(), ending));
        } catch (IOException e) {
            return Optional.of("%s is no jar: %s".formatted(file.getFileName(), e.getMessage()));
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + "." + suffix);
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
