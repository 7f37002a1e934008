package dev.jtask.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Small files with honest names.
class SourcesTest {

    private static final int MOST_LINES = 400;
    private static final int MEDIAN_LINES = 80;
    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Utils?|Helper|Manager|Common|Impl)\\.java");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.\\w+|[A-Z]+)\\.sleep\\(");

    /// Else the JDK's client offers HTTP/2 to each server, and waits for ever for one that takes the offer and
    /// drops it.
    private static final Pattern OFFERS_HTTP2 = Pattern.compile(
            "HttpClient\\.new(HttpClient\\(|Builder\\(\\)(?!\\s*\\.version\\(HttpClient\\.Version\\.HTTP_1_1\\)))");

    /// The formatter breaks a comment's line that is too long, and leaves one word or two on a line of their
    /// own.
    private static final Pattern BROKEN =
            Pattern.compile("(?m)^\\s*///? \\S.{92,}\\R(?=\\s*///? \\S+(?: \\S+)?\\R\\s*///? (?![@|-])\\S)");

    private static final Set<String> MAY_SLEEP = Set.of(
            "AmqpInbox.java", // a thread that only brings a lost reply queue back
            "BrokerConnections.java", // a thread of the client library, before it opens a lost connection again
            "Emission.java", // a task's own thread, while its reader or the store is away
            "Intake.java", // one beat of the intake's own thread
            "Waiting.java"); // an example of a task that takes its time

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = House.mainSources().stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Texts.of(folder.resolve("package-info.java")).contains("@NullMarked"));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void everyNameSaysSomething() {
        assertThat(sources().filter(file -> SAYS_NOTHING.matcher(name(file)).matches()))
                .isEmpty();
    }

    @Test
    void noFileIsLong() {
        assertThat(sources().filter(file -> lines(file) > MOST_LINES)).isEmpty();
    }

    @Test
    void noCommentIsBrokenInTheMidst() {
        assertThat(sources().filter(file -> BROKEN.matcher(Texts.of(file)).find()))
                .as("comments to be joined again, with lines of 113 characters at most")
                .isEmpty();
    }

    @Test
    void mostFilesAreShort() {
        var sizes = House.mainSources().stream()
                .filter(file -> !name(file).equals("package-info.java"))
                .map(SourcesTest::lines)
                .sorted()
                .toList();

        assertThat(sizes.get(sizes.size() / 2)).as("the median of lines").isLessThan(MEDIAN_LINES);
    }

    @Test
    void everyHttpClientSpeaksHttp1() {
        assertThat(sources().filter(file -> OFFERS_HTTP2.matcher(Texts.of(file)).find()))
                .isEmpty();
    }

    @Test
    void nothingSleepsThatMayNot() {
        var sleeping = House.mainSources().stream()
                .filter(file -> SLEEP.matcher(Texts.of(file)).find())
                .map(SourcesTest::name)
                .distinct()
                .toList();

        assertThat(sleeping).isSubsetOf(MAY_SLEEP);
    }

    private static Stream<Path> sources() {
        return Stream.of(House.mainSources(), House.testSources()).flatMap(List::stream);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static long lines(Path file) {
        return Texts.of(file).lines().count();
    }
}
