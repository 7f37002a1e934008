package dev.jtask.processor;

import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/// What is wrong, where, and how it is mended.
///
/// @param annotation at which it is; null when it is at the element itself
/// @param value of the annotation; null when it is none of them
record Fault(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value,
        String sentence) {

    static Fault at(Element element, String sentence) {
        return new Fault(element, null, null, sentence);
    }

    void tell(Messager compiler) {
        compiler.printMessage(Diagnostic.Kind.ERROR, sentence, element, annotation, value);
    }
}
