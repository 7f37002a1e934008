package dev.jtask.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Maven Central asks of a pom: <https://central.sonatype.org/publish/requirements>.
final class PomRules {

    private static final List<String> OWN = List.of("name", "description");
    private static final List<String> INHERITED = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");
    private static final String SNAPSHOT = "-SNAPSHOT";

    /// By name, since a parent is published with its children.
    private final Map<String, Pom> poms;

    PomRules(Map<String, Pom> poms) {
        this.poms = poms;
    }

    /// What is wrong with the pom of that artifact; nothing when it can be published.
    List<String> faults(Artifact artifact) {
        var pom = Optional.ofNullable(poms.get(artifact.name())).orElseThrow();
        var faults = new ArrayList<String>();
        same(pom, "groupId", artifact.group()).ifPresent(faults::add);
        same(pom, "artifactId", artifact.name()).ifPresent(faults::add);
        same(pom, "version", artifact.version()).ifPresent(faults::add);
        OWN.stream()
                .filter(path -> pom.text(path).isEmpty())
                .map(path -> "its pom has no <%s>".formatted(path))
                .forEach(faults::add);
        INHERITED.stream()
                .filter(path -> inherited(pom, path).isEmpty())
                .map(path -> "neither its pom nor its parent's has <%s>".formatted(path.replace("/", "><")))
                .forEach(faults::add);
        pom.texts().stream()
                .filter(text -> text.endsWith(SNAPSHOT))
                .distinct()
                .map(text -> "its pom names %s, and a release depends on releases only".formatted(text))
                .forEach(faults::add);
        for (var path : List.of("repositories/repository/url", "dependencies/dependency/systemPath")) {
            pom.text(path)
                    .map(text -> "its pom names %s, which only this machine or that server has".formatted(text))
                    .ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<String> same(Pom pom, String name, String wanted) {
        return pom.own(name)
                .filter(wanted::equals)
                .map(same -> Optional.<String>empty())
                .orElseGet(() -> Optional.of("its pom's <%s> is not %s, as its place says".formatted(name, wanted)));
    }

    private Optional<String> inherited(Pom pom, String path) {
        return pom.text(path)
                .or(() -> pom.text("parent/artifactId")
                        .flatMap(parent -> Optional.ofNullable(poms.get(parent)))
                        .flatMap(parent -> inherited(parent, path)));
    }
}
