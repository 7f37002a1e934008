package dev.jtask.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Ports are small, and `Optional` is something that is returned.
class ShapesTest {

    private static final int MOST_METHODS = 4;

    @Test
    void nothingTakesAnOptional() {
        var taking = House.classes().stream()
                .flatMap(found -> found.getCodeUnits().stream())
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(unit ->
                        unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Optional.class)))
                .map(JavaCodeUnit::getFullName);

        assertThat(taking).isEmpty();
    }

    @Test
    void interfacesHaveFewMethods() {
        var large = House.classes().stream()
                .filter(found -> found.isInterface() && !found.isAnnotation())
                .filter(found -> demands(found) > MOST_METHODS)
                .map(JavaClass::getFullName);

        assertThat(large).as("interfaces of more than %s methods", MOST_METHODS).isEmpty();
    }

    private static long demands(JavaClass port) {
        return port.getAllMethods().stream()
                .filter(method -> method.getOwner().getPackageName().startsWith(House.ROOF))
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(method -> !method.getName().equals("close")) // what try-with-resources asks for
                .count();
    }
}
