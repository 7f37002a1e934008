package dev.jtask.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Tests are found by their names: those of classes by the class, those of behaviour by a sentence in camelCase.
class TestsTest {

    /// Where losing a task is decided, every class is tried by itself.
    private static final List<String> HEART = List.of("worker.run", "worker.steps", "worker.settle", "worker.delivery");

    private static final Pattern TEST = Pattern.compile("@(Parameterized|Repeated)?Test\\b(?!ing)");
    private static final Pattern TEST_CLASS = Pattern.compile(".*(Test|IT|E2E)\\.java");
    private static final Pattern SNAKE = Pattern.compile("\\bvoid (\\w+_\\w*)\\(");

    @Test
    void everyClassOfTheHeartHasATestOfItsName() {
        var tests = House.testSources().stream().map(TestsTest::name).collect(toSet());
        var untried = House.topLevel()
                .filter(found -> HEART.contains(House.room(found)))
                .filter(TestsTest::acts)
                .filter(found -> !tests.contains(found.getSimpleName() + "Test.java"))
                .map(JavaClass::getFullName);

        assertThat(untried).isEmpty();
    }

    @Test
    void testClassesAreNamedForWhatTheyNeed() {
        var misnamed = House.testSources().stream()
                .filter(file -> TEST.matcher(Texts.of(file)).find())
                .filter(file -> !TEST_CLASS.matcher(name(file)).matches());

        assertThat(misnamed).as("neither Test, IT, ApiServerIT nor E2E").isEmpty();
    }

    @Test
    void testsAreSentencesInCamelCase() {
        var snakes = House.testSources().stream()
                .flatMap(file ->
                        SNAKE.matcher(Texts.of(file)).results().map(match -> name(file) + ": " + match.group(1)));

        assertThat(snakes).isEmpty();
    }

    private static boolean acts(JavaClass found) {
        return !found.isRecord() && !found.isInterface() && !found.isEnum() && !found.isAssignableTo(Throwable.class);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
