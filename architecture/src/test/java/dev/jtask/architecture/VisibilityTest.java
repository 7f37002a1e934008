package dev.jtask.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is public is either promised, in `api.txt`, or marked as internal.
class VisibilityTest {

    /// Programs: nobody compiles against them.
    private static final List<String> PROGRAMS = List.of(
            "operator",
            "local",
            "worker.app",
            "benchmarks",
            "simulator",
            "examples.cookbook",
            "examples.interop",
            "examples.plainjava",
            "examples.quickstart",
            "examples.springboot",
            "examples.quarkus");

    private static final Set<String> API = Set.copyOf(Texts.lines("api.txt"));

    @Test
    void whatIsPublicIsPromisedOrInternal() {
        var neither = House.topLevel()
                .filter(found -> found.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(found -> !isOfAProgram(found) && !isPromised(found) && !isInternal(found))
                .map(JavaClass::getFullName);

        assertThat(neither)
                .as("list it in api.txt, mark its package @Internal, or hide it")
                .isEmpty();
    }

    @Test
    void noPackageIsBoth() {
        var both = House.topLevel()
                .filter(found -> API.contains(House.room(found)) && isInternal(found))
                .map(House::room)
                .distinct();

        assertThat(both).isEmpty();
    }

    @Test
    void whatIsPromisedIsThere() {
        var there = new HashSet<String>();
        House.topLevel()
                .filter(found -> found.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(found -> there.addAll(List.of(House.room(found), name(found))));

        assertThat(API.stream().filter(promised -> !there.contains(promised)).collect(toSet()))
                .isEmpty();
    }

    private static boolean isOfAProgram(JavaClass found) {
        var room = House.room(found);
        return PROGRAMS.stream().anyMatch(program -> room.equals(program) || room.startsWith(program + "."));
    }

    private static boolean isPromised(JavaClass found) {
        return API.contains(House.room(found)) || API.contains(name(found));
    }

    private static boolean isInternal(JavaClass found) {
        return found.getPackage().getAnnotations().stream()
                .anyMatch(mark -> mark.getRawType().getSimpleName().equals("Internal"));
    }

    private static String name(JavaClass found) {
        return House.room(found) + "." + found.getSimpleName();
    }
}
