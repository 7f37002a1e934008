package dev.jtask.processor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/// Types as they are written in a source of the same package, without annotations.
final class Spelling {

    private Spelling() {}

    /// Empty for one that cannot be named there: a type variable, a private class, one that is not there yet.
    static Optional<String> of(TypeMirror type) {
        if (type instanceof PrimitiveType) {
            return Optional.of(type.getKind().name().toLowerCase(Locale.ROOT));
        }
        if (type instanceof ArrayType array) {
            return of(array.getComponentType()).map(component -> component + "[]");
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard(wildcard);
        }
        return switch (type.getKind()) {
            case DECLARED -> declared((DeclaredType) type);
            default -> Optional.empty();
        };
    }

    private static Optional<String> wildcard(WildcardType wildcard) {
        if (wildcard.getExtendsBound() != null) {
            return of(wildcard.getExtendsBound()).map(bound -> "? extends " + bound);
        }
        return wildcard.getSuperBound() == null
                ? Optional.of("?")
                : of(wildcard.getSuperBound()).map(bound -> "? super " + bound);
    }

    private static Optional<String> declared(DeclaredType type) {
        if (!(type.asElement() instanceof TypeElement element) || !isSeen(element)) {
            return Optional.empty();
        }
        var arguments = type.getTypeArguments().stream().map(Spelling::of).toList();
        if (arguments.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var name = element.getQualifiedName().toString();
        return Optional.of(
                arguments.isEmpty()
                        ? name
                        : arguments.stream().map(Optional::get).collect(Collectors.joining(", ", name + "<", ">")));
    }

    /// Whether it can be named outside of its own class.
    static boolean isSeen(TypeElement type) {
        for (Element each = type; each instanceof TypeElement; each = each.getEnclosingElement()) {
            if (each.getModifiers().contains(Modifier.PRIVATE)) {
                return false;
            }
        }
        return !type.getQualifiedName().isEmpty();
    }
}
