package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Numbers that Jackson reads past the readers of their type, in arrays and in [OptionalDouble]: as strictly as alone.
final class StrictArrays {

    private StrictArrays() {}

    static void addTo(SimpleModule module) {
        add(module, double[].class, Double.class, StrictArrays::doubles);
        add(module, float[].class, Float.class, StrictArrays::floats);
        module.addDeserializer(OptionalDouble.class, new Perhaps());
    }

    private static <A, T> void add(SimpleModule module, Class<A> array, Class<T> each, Function<List<T>, A> collect) {
        module.addDeserializer(array, new Numbers<>(array, each, collect));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static float[] floats(List<Float> values) {
        var array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static final class Numbers<A, T> extends StdDeserializer<A> {
        private final Class<T> each;
        private final transient Function<List<T>, A> collect;

        Numbers(Class<A> array, Class<T> each, Function<List<T>, A> collect) {
            super(array);
            this.each = each;
            this.collect = collect;
        }

        @Override
        @SuppressWarnings("unchecked") // what it answers is of the handled type
        public A deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                return (A) context.handleUnexpectedToken(handledType(), in);
            }
            var values = new ArrayList<T>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.hasToken(JsonToken.VALUE_NULL)) {
                    context.reportInputMismatch(this, "null is no element of numbers");
                }
                values.add(context.readValue(in, each));
            }
            return collect.apply(values);
        }
    }

    private static final class Perhaps extends StdDeserializer<OptionalDouble> {

        Perhaps() {
            super(OptionalDouble.class);
        }

        @Override
        public OptionalDouble deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return OptionalDouble.of(context.readValue(in, Double.class));
        }

        @Override
        public OptionalDouble getNullValue(DeserializationContext context) {
            return OptionalDouble.empty();
        }
    }
}
