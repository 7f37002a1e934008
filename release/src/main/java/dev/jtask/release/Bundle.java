package dev.jtask.release;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// All that one release publishes: what the BOM lists, the BOM, and the parent of all.
record Bundle(List<Artifact> artifacts) {

    private static final String BOM = "jtask-bom";
    private static final String PARENT = "jtask-parent";

    static Bundle of(Path repository) {
        return new Bundle(Artifact.of(repository));
    }

    /// What keeps it from being published, each with the artifact's name before it.
    List<String> faults(boolean signed) {
        var poms = artifacts.stream().collect(toMap(Artifact::name, each -> Pom.of(each.file(".pom"))));
        var pomRules = new PomRules(poms);
        var fileRules = new FileRules(signed);
        var faults = new ArrayList<String>(missing());
        for (var artifact : artifacts) {
            var packaging = Pom.of(artifact.file(".pom")).text("packaging").orElse("jar");
            pomRules.faults(artifact).forEach(fault -> faults.add(artifact.name() + ": " + fault));
            fileRules.faults(artifact, packaging).forEach(fault -> faults.add(artifact.name() + ": " + fault));
        }
        return faults;
    }

    private List<String> missing() {
        var bom = artifacts.stream().filter(each -> each.name().equals(BOM)).findFirst();
        if (bom.isEmpty()) {
            return List.of(BOM + ": it is not in the bundle");
        }
        var wanted = new TreeSet<>(Pom.of(bom.get().file(".pom")).texts().stream()
                .filter(text -> text.startsWith("jtask-"))
                .toList());
        wanted.add(PARENT);
        var there = new TreeSet<>(artifacts.stream().map(Artifact::name).toList());
        var faults = new ArrayList<String>();
        wanted.stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> faults.add(name + ": the BOM lists it, the bundle lacks it"));
        there.stream()
                .filter(name -> !wanted.contains(name))
                .forEach(name -> faults.add(name + ": the BOM does not list it; set maven.deploy.skip in its pom"));
        return faults;
    }
}
