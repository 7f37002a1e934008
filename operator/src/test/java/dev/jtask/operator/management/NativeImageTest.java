package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A native image lacks what nobody names, and says so by a queue without its arguments. A type that a later client has
/// more is seen here, before there is an image of it.
class NativeImageTest {

    /// What the operator gives the client to write.
    private static final List<Class<?>> WRITTEN = List.of(QueueInfo.class, ExchangeInfo.class);

    @Test
    void namesAllTypesThatAreWrittenWithThoseInThem() {
        var named = NativeImage.class.getAnnotation(RegisterForReflection.class).targets();

        assertThat(named).containsExactlyInAnyOrderElementsOf(reachable());
    }

    private static Set<Class<?>> reachable() {
        var found = new HashSet<Class<?>>();
        WRITTEN.forEach(type -> reach(type, found));
        return found;
    }

    private static void reach(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (var argument : generic.getActualTypeArguments()) {
                reach(argument, found);
            }
            reach(generic.getRawType(), found);
        } else if (type instanceof Class<?> plain) {
            var single = plain.isArray() ? plain.componentType() : plain;
            if (isTheClients(single) && found.add(single)) {
                fields(single).forEach(field -> reach(field.getGenericType(), found));
                reach(single.getGenericSuperclass(), found);
            }
        }
    }

    private static boolean isTheClients(Class<?> type) {
        return type.getPackage() == QueueInfo.class.getPackage();
    }

    private static Stream<Field> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }
}
