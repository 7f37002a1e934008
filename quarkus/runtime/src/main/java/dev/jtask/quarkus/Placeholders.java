package dev.jtask.quarkus;

import io.smallrye.common.expression.Expression;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.config.ConfigProvider;

/// Puts the application's properties in place of `${a.property}` and `${a.property:otherwise}`.
final class Placeholders {

    private Placeholders() {}

    /// @param of what the text is of, for who reads that a property is missing
    /// @throws IllegalArgumentException naming the property that is not set
    static String resolve(String of, String written) {
        var config = ConfigProvider.getConfig();
        try {
            return Expression.compile(written, Expression.Flag.NO_TRIM).evaluate((context, target) -> {
                var key = context.getKey();
                var value = config.getOptionalValue(key, String.class);
                if (value.isPresent()) {
                    target.append(value.get());
                } else if (context.hasDefault()) {
                    context.expandDefault();
                } else {
                    throw new NoSuchElementException("the property %s is not set".formatted(key));
                }
            });
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(
                    "%s is '%s': %s; set it, or correct the annotation".formatted(of, written, e.getMessage()), e);
        }
    }
}
