package dev.jtask.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every link from one page to another leads somewhere, also to its heading.
class LinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

    static Stream<Path> pages() {
        var top = list(ROOT);
        var docs = list(ROOT.resolve("docs"));
        var examples = list(ROOT.resolve("examples")).stream().flatMap(folder -> list(folder).stream());
        return Stream.of(top.stream(), docs.stream(), examples)
                .flatMap(files -> files)
                .filter(file -> file.toString().endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        var text = CODE.matcher(Texts.of(page)).replaceAll("");
        var dead = LINK.matcher(text)
                .results()
                .filter(link -> !leads(page, link.group(1), link.group(2)))
                .map(link -> link.group())
                .toList();

        assertThat(dead).as("links of %s that lead nowhere", page).isEmpty();
    }

    @Test
    void everyGuideIsInTheirTable() {
        var table = Texts.of(ROOT.resolve("docs/README.md"));

        assertThat(list(ROOT.resolve("docs")))
                .filteredOn(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
                .allSatisfy(guide -> assertThat(table).contains("](" + guide.getFileName() + ")"));
    }

    private static boolean leads(Path page, String file, @Nullable String heading) {
        var target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (heading == null || anchors(target).contains(heading));
    }

    /// As pages of Git hosts and of the site name them: lower case, hyphens for spaces, no other signs.
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(CODE.matcher(Texts.of(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(toSet());
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
