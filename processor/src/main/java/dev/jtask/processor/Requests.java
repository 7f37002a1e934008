package dev.jtask.processor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/// Writes the class of typed requests of a class of tasks: of `Mails` that is `MailsTasks`, in its package.
final class Requests {

    private static final String SUFFIX = "Tasks";
    private static final String GENERATED = "javax.annotation.processing.Generated";
    private static final String JSON = "com.fasterxml.jackson.databind.JsonNode";
    private static final char LAST_OF_ASCII = 0x7e;

    /// A static method of a class may be like none of these.
    private static final Set<String> OF_OBJECT = Set.of(
            "notify()",
            "notifyAll()",
            "wait()",
            "wait(long)",
            "wait(long,int)",
            "toString()",
            "hashCode()",
            "getClass()",
            "clone()",
            "finalize()",
            "equals(java.lang.Object)");

    private final ProcessingEnvironment compiler;
    private final TypeFaults types;

    Requests(ProcessingEnvironment compiler, TypeFaults types) {
        this.compiler = compiler;
        this.types = types;
    }

    /// @param tasks in which nothing is wrong
    void write(TypeElement owner, List<TaskMethod> tasks) {
        var methods = new ArrayList<RequestMethod>();
        var signatures = new HashSet<>(OF_OBJECT);
        for (var task : tasks) {
            RequestMethod.of(task, types.promised(task.method().getReturnType()), compiler.getTypeUtils())
                    .filter(method -> signatures.add(method.signature()))
                    .ifPresentOrElse(
                            methods::add,
                            () -> note(
                                    task.method(),
                                    "no request is written for task '%s': a type of it cannot be named outside of its class, or two methods would be alike, those of Object among them"
                                            .formatted(task.task().value())));
        }
        var pack = compiler.getElementUtils()
                .getPackageOf(owner)
                .getQualifiedName()
                .toString();
        var name = name(owner) + SUFFIX;
        var whole = pack.isEmpty() ? name : pack + "." + name;
        if (methods.isEmpty() || !Spelling.isSeen(owner)) {
            return;
        }
        if (compiler.getElementUtils().getTypeElement(whole) != null) {
            note(owner, "there is a class %s already, so no requests are written for %s".formatted(whole, owner));
            return;
        }
        if (!isSeen(owner, JSON)) {
            note(
                    owner,
                    "no requests are written for %s, since its module does not read Jackson; write requires com.fasterxml.jackson.databind"
                            .formatted(owner));
            return;
        }
        try (var file = compiler.getFiler().createSourceFile(whole, owner).openWriter()) {
            file.write(ascii(source(pack, name, owner, methods)));
        } catch (IOException e) {
            note(owner, "the requests of %s cannot be written: %s".formatted(owner, e.getMessage()));
        }
    }

    private String source(String pack, String name, TypeElement owner, List<RequestMethod> methods) {
        var lines = new ArrayList<String>();
        if (!pack.isEmpty()) {
            lines.add("package %s;\n".formatted(pack));
        }
        lines.add("/** Requests of the tasks of {@link %s}: to send, or as steps of work flows. */"
                .formatted(owner.getQualifiedName()));
        // a module without requires java.compiler has no such annotation
        if (isSeen(owner, GENERATED)) {
            lines.add("@%s(\"%s\")".formatted(GENERATED, TaskProcessor.class.getName()));
        }
        lines.add("%sfinal class %s {\n".formatted(isPublic(owner) ? "public " : "", name));
        lines.add("    private %s() {}".formatted(name));
        methods.forEach(method -> lines.add("\n" + method.source()));
        lines.add("}\n");
        return String.join("\n", lines);
    }

    /// Whether the module of a class reads that of a type, which is named as its users write it.
    private boolean isSeen(TypeElement owner, String type) {
        var elements = compiler.getElementUtils();
        var module = elements.getModuleOf(owner);
        return (module == null ? elements.getTypeElement(type) : elements.getTypeElement(module, type)) != null;
    }

    /// Whatever encoding the compiler writes and reads.
    private static String ascii(String source) {
        var all = new StringBuilder();
        source.chars()
                .forEach(letter ->
                        all.append(letter > LAST_OF_ASCII ? "\\u%04x".formatted(letter) : Character.toString(letter)));
        return all.toString();
    }

    /// Of a nested class, with the names of those around it.
    private static String name(TypeElement owner) {
        return owner.getEnclosingElement() instanceof TypeElement outer
                ? name(outer) + owner.getSimpleName()
                : owner.getSimpleName().toString();
    }

    private static boolean isPublic(TypeElement owner) {
        for (Element each = owner; each instanceof TypeElement; each = each.getEnclosingElement()) {
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }

    private void note(Element at, String text) {
        compiler.getMessager().printMessage(Diagnostic.Kind.NOTE, text, at);
    }
}
