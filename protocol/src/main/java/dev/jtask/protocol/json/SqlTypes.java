package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.SqlDateSerializer;
import com.fasterxml.jackson.databind.ser.std.SqlTimeSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/// The types of JDBC: Jackson cuts a moment to milliseconds, and reads a day as the moment that it begins in Greenwich,
/// which is the day before for half of the world. A Java without the module java.sql has none of them.
final class SqlTypes {

    private SqlTypes() {}

    static void addTo(SimpleModule module) {
        if (ModuleLayer.boot().findModule("java.sql").isPresent()) {
            Present.addTo(module);
        }
    }

    /// Loaded only where its types are.
    private static final class Present {

        private Present() {}

        static void addTo(SimpleModule module) {
            TypedValues.read(module, Timestamp.class, "datetime", node -> Timestamp.from(TypedValues.moment(node)));
            TypedValues.read(module, Date.class, "date", Present::day);
            module.addDeserializer(Time.class, unsupported());
            module.addSerializer(Date.class, new Days());
            // not as the java.util.Date that it extends
            module.addSerializer(Time.class, new SqlTimeSerializer());
        }

        private static Date day(JsonNode node) {
            return node.isNumber()
                    ? new Date(TypedValues.moment(node).toEpochMilli())
                    : Date.valueOf(WireDates.day(TypedValues.text(node)));
        }

        private static final class Days extends SqlDateSerializer {

            @Override
            public void serialize(Date day, JsonGenerator out, SerializerProvider provider) throws IOException {
                WireDates.requireWritable(day.toLocalDate());
                super.serialize(day, out, provider);
            }
        }

        /// It has no fractions of a second, and a date that nobody means.
        @SuppressWarnings("unchecked") // it never answers anything
        private static JsonDeserializer<Time> unsupported() {
            var type = TypeFactory.defaultInstance().constructType(Time.class);
            JsonDeserializer<?> none =
                    new UnsupportedTypeDeserializer(type, "java.sql.Time is not read; take java.time.LocalTime");
            return (JsonDeserializer<Time>) none;
        }
    }
}
