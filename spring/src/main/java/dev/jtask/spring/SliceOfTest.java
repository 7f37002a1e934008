package dev.jtask.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/// Finds the [Slice] that a test asks for; Spring asks it about every test.
final class SliceOfTest implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> test, List<ContextConfigurationAttributes> attributes) {
        var asked = TestContextAnnotationUtils.findMergedAnnotation(test, JTaskSliceTest.class);
        return asked == null ? null : Slice.of(asked);
    }
}
