package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every link of the guides and READMEs leads to a file of the checkout, and to a heading that is there; `make site`
/// makes no pages of others.
class GuideLinksTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:|mailto:)(?<file>[^)#\\s]*)(?:#(?<heading>[^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern NO_ANCHOR = Pattern.compile("[^\\w\\- ]");

    @TestFactory
    Stream<DynamicTest> leadsSomewhere() throws IOException {
        var pages = Guides.pages();
        assertThat(pages).hasSizeGreaterThan(20);
        return pages.stream()
                .map(page ->
                        DynamicTest.dynamicTest(Guides.CHECKOUT.relativize(page).toString(), () -> followAll(page)));
    }

    private static void followAll(Path page) throws IOException {
        var links = LINK.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""));
        while (links.find()) {
            var file = links.group("file");
            var target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
            if (Files.isDirectory(target)) {
                target = target.resolve("README.md");
            }
            assertThat(target).as("%s", links.group()).isRegularFile();
            if (links.group("heading") != null) {
                assertThat(anchors(target)).as("%s", links.group()).contains(links.group("heading"));
            }
        }
    }

    /// As GitHub makes them of headings.
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(match -> NO_ANCHOR
                        .matcher(match.group(1).toLowerCase(Locale.ROOT))
                        .replaceAll(""))
                .map(heading -> heading.replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
