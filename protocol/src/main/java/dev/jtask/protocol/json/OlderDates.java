package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.CalendarSerializer;
import com.fasterxml.jackson.databind.ser.std.DateSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;

/// Moments as Java had them before `java.time`, and as JDBC still has them: Jackson writes them to the
/// millisecond, in whatever year they are. One with a `@JsonFormat` is Jackson's alone.
@SuppressWarnings("JavaUtilDate") // that they are
final class OlderDates {

    private OlderDates() {}

    static void addTo(SimpleModule module) {
        module.addSerializer(Date.class, new Dates());
        module.addSerializer(Calendar.class, new Calendars());
    }

    private static final class Dates extends DateSerializer {

        @Override
        public void serialize(Date date, JsonGenerator out, SerializerProvider provider) throws IOException {
            var moment = date.toInstant();
            WireDates.requireWritable(moment);
            if (moment.equals(Instant.ofEpochMilli(date.getTime()))) {
                super.serialize(date, out, provider);
            } else {
                // a java.sql.Timestamp, which a database compares to the microsecond
                out.writeString(WireDates.format(moment));
            }
        }
    }

    private static final class Calendars extends CalendarSerializer {

        @Override
        public void serialize(Calendar date, JsonGenerator out, SerializerProvider provider) throws IOException {
            WireDates.requireWritable(date.toInstant());
            super.serialize(date, out, provider);
        }
    }
}
