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

/// Who may import whom: `may-import.txt`, to the letter.
class PackagesTest {

    private static final String MARK = House.ROOF + "protocol.Internal";

    private static final Map<String, List<String>> MAY_IMPORT = table();

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

    @Test
    void everyImportIsInTheTable() {
        var forbidden = rooms().stream()
                .flatMap(room -> arrows(room).filter(arrow -> !allowed(room).contains(House.room(target(arrow)))))
                .map(Dependency::getDescription);

        assertThat(forbidden).isEmpty();
    }

    /// The compiler copies constants: of these a class file does not say where they came from.
    @Test
    void soIsEveryImportOfAConstant() {
        var forbidden = rooms().stream()
                .flatMap(room -> Imports.of(room).stream()
                        .filter(imported -> !allowed(room).contains(imported))
                        .map(imported -> room + " imports " + imported));

        assertThat(forbidden).isEmpty();
    }

    @Test
    void theTableAllowsNothingThatNobodyNeeds() {
        var unused = rooms().stream().flatMap(room -> {
            var used = arrows(room).map(arrow -> House.room(target(arrow))).collect(toSet());
            return allowed(room).stream()
                    .filter(imported ->
                            !used.contains(imported) && !Imports.of(room).contains(imported))
                    .map(imported -> "%s no longer imports %s; take it out of its line".formatted(room, imported));
        });

        assertThat(unused).isEmpty();
    }

    private static Set<String> rooms() {
        return MAY_IMPORT.keySet();
    }

    private static List<String> allowed(String room) {
        return MAY_IMPORT.getOrDefault(room, List.of());
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
