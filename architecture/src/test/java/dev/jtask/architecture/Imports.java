package dev.jtask.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the sources of a package import of other packages of jtask.
final class Imports {

    private static final Pattern PACKAGE = Pattern.compile("^package dev\\.jtask\\.([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?dev\\.jtask\\.([a-z0-9.]+)\\.[A-Z]", Pattern.MULTILINE);

    private static final Map<String, Set<String>> BY_ROOM = House.mainSources().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .flatMap(Imports::arrows)
            .filter(arrow -> !arrow.from().equals(arrow.to()))
            .collect(groupingBy(Arrow::from, mapping(Arrow::to, toSet())));

    private Imports() {}

    static Set<String> of(String room) {
        return BY_ROOM.getOrDefault(room, Set.of());
    }

    private record Arrow(String from, String to) {}

    private static Stream<Arrow> arrows(Path file) {
        var text = Texts.of(file);
        var room = PACKAGE.matcher(text).results().map(match -> match.group(1)).findFirst();
        return room.stream()
                .flatMap(from -> IMPORT.matcher(text).results().map(match -> new Arrow(from, match.group(1))));
    }
}
