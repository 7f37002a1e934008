package dev.jtask.release;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The chart as users get it from a registry: of one version, and with the operator's image of that registry by digest.
record ReleaseChart(String version, String registry, String digest) {

    private static final Pattern VERSION = Pattern.compile("(?m)^version: .*$");
    private static final Pattern APP_VERSION = Pattern.compile("(?m)^appVersion: .*$");
    private static final Pattern REPOSITORY = Pattern.compile("(?m)^ {2}repository: jtask-operator$");
    private static final Pattern DIGEST = Pattern.compile("(?m)^ {2}digest: \"\"$");
    private static final String OPERATOR = "jtask-operator";

    /// @throws IllegalArgumentException when the digest is none, as `sha256:…`
    ReleaseChart {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "'%s' is no digest of an image: sha256: and 64 hexadecimal digits".formatted(digest));
        }
    }

    /// Writes it as an archive.
    ///
    /// @param source the chart's folder in this checkout, which stays as it is
    /// @param target a folder, which may have to be made
    /// @return the archive
    Path packaged(Path source, Path target) throws IOException {
        var copy = target.resolve("jtask");
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var to = copy.resolve(source.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.write(to, Files.readAllBytes(file));
                }
            }
        }
        var chart = copy.resolve("Chart.yaml");
        Files.writeString(
                chart,
                set(
                        set(Files.readString(chart), VERSION, "version: " + version),
                        APP_VERSION,
                        "appVersion: " + version));
        var values = copy.resolve("values.yaml");
        Files.writeString(
                values,
                set(
                        set(Files.readString(values), REPOSITORY, "  repository: %s/%s".formatted(registry, OPERATOR)),
                        DIGEST,
                        "  digest: \"%s\"".formatted(digest)));
        new Helm(copy).packageIt().withDestination(target).call();
        return target.resolve("jtask-%s.tgz".formatted(version));
    }

    /// Pushes an archive to `charts/jtask` of the registry, as whom `docker login` or `helm registry login` says.
    ///
    /// @param plain without TLS, as only a registry on this machine may be asked
    /// @return what Helm says: where it is, and its digest
    String pushed(Path archive, boolean plain) {
        var push = Helm.push().withChart(archive).withRemote(URI.create("oci://%s/charts".formatted(registry)));
        return (plain ? push.plainHttp() : push).call();
    }

    private static String set(String text, Pattern line, String now) {
        var matcher = line.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "the chart has no line %s: it has changed, and ReleaseChart with it".formatted(line));
        }
        return matcher.replaceFirst(Matcher.quoteReplacement(now));
    }
}
