package dev.jtask.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may import whom: `may-import.txt`, to the letter.
class PackagesTest {

    private static final String MARK = House.ROOF + "protocol.Internal";

    private static final Map<String, List<String>> MAY_IMPORT = table();

    static Set<String> rooms() {
        return MAY_IMPORT.keySet();
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.jtask.(**)").should().beFreeOfCycles().check(House.classes());
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(House.classes().stream().map(House::room).collect(toSet())).isEqualTo(rooms());
    }

    @Test
    void theTableIsReadFromTheGroundUp() {
        var below = new TreeSet<String>();
        var upward = new ArrayList<String>();
        MAY_IMPORT.forEach((room, imports) -> {
            imports.stream()
                    .filter(imported -> !below.contains(imported))
                    .map(imported -> "%s stands above %s, which it may import".formatted(room, imported))
                    .forEach(upward::add);
            below.add(room);
        });

        assertThat(upward).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void importsWhatTheTableAllows(String room) {
        var allowed = MAY_IMPORT.getOrDefault(room, List.of());
        var forbidden = arrows(room)
                .filter(arrow -> !allowed.contains(House.room(target(arrow))))
                .map(Dependency::getDescription);

        assertThat(forbidden).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void theTableAllowsNothingThatNobodyNeeds(String room) {
        var used = arrows(room).map(arrow -> House.room(target(arrow))).collect(toSet());

        assertThat(MAY_IMPORT.getOrDefault(room, List.of()))
                .as("in the line of %s in may-import.txt", room)
                .isSubsetOf(used);
    }

    /// From one package to others of jtask; to be marked as internal is no arrow.
    private static Stream<Dependency> arrows(String room) {
        return House.classes().stream()
                .filter(found -> House.room(found).equals(room))
                .flatMap(found -> found.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> target(arrow).getPackageName().startsWith(House.ROOF))
                .filter(arrow -> !target(arrow).getFullName().equals(MARK))
                .filter(arrow -> !House.room(target(arrow)).equals(room));
    }

    private static JavaClass target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType();
    }

    private static Map<String, List<String>> table() {
        var table = new LinkedHashMap<String, List<String>>();
        for (var line : Texts.lines("may-import.txt")) {
            var row = line.split(":", 2);
            var imports = Arrays.stream(row[1].split(","))
                    .map(String::strip)
                    .filter(imported -> !imported.isEmpty())
                    .toList();
            if (table.put(row[0], imports) != null) {
                throw new IllegalStateException("may-import.txt has two lines of " + row[0]);
            }
        }
        return table;
    }
}
