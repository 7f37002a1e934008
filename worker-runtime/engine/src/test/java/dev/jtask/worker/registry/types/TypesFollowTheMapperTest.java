package dev.jtask.worker.registry.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.jtask.protocol.json.TypedJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the mapper learns or forgets, what is said at the start is what happens to a message.
class TypesFollowTheMapperTest {

    record Sample(JavaType type, Object value, String json) {}

    public record Holder(Optional<String> note, Duration pause) {}

    static Stream<Named<Sample>> samples() {
        return Stream.of(
                        sample(new TypeReference<Duration>() {}, Duration.ofSeconds(90), "\"PT1M30S\""),
                        sample(new TypeReference<Period>() {}, Period.ofDays(3), "\"P3D\""),
                        sample(new TypeReference<YearMonth>() {}, YearMonth.of(2026, 1), "\"2026-01\""),
                        sample(new TypeReference<Year>() {}, Year.of(2026), "\"2026\""),
                        sample(new TypeReference<ZoneId>() {}, ZoneId.of("Europe/Berlin"), "\"Europe/Berlin\""),
                        sample(
                                new TypeReference<OffsetTime>() {},
                                OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC),
                                "\"12:00:00+00:00\""),
                        sample(new TypeReference<OptionalInt>() {}, OptionalInt.of(1), "1"),
                        sample(new TypeReference<Optional<Integer>>() {}, Optional.of(1), "1"),
                        sample(
                                new TypeReference<List<Optional<LocalDate>>>() {},
                                List.of(Optional.of(LocalDate.EPOCH)),
                                "[\"1970-01-01\"]"),
                        sample(
                                new TypeReference<Holder>() {},
                                new Holder(Optional.of("a"), Duration.ZERO),
                                "{\"note\": \"a\", \"pause\": \"PT0S\"}"),
                        sample(
                                new TypeReference<Map<LocalDate, Integer>>() {},
                                Map.of(LocalDate.EPOCH, 1),
                                "{\"1970-01-01\": 1}"),
                        sample(new TypeReference<Instant>() {}, Instant.EPOCH, "\"1970-01-01T00:00:00+00:00\""),
                        sample(new TypeReference<BigDecimal>() {}, BigDecimal.ONE, "1"),
                        sample(new TypeReference<UUID>() {}, new UUID(1, 2), "\"" + new UUID(1, 2) + "\""),
                        sample(new TypeReference<Object>() {}, "a", "[1]"))
                .map(sample -> Named.of(TypeNames.of(sample.type()), sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsSaidToBeReadableIsRead(Sample sample) {
        assertThat(ReadableTypes.fault(sample.type()).isEmpty()).isEqualTo(reads(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsSaidToBeWritableIsWritten(Sample sample) {
        assertThat(WritableTypes.fault(sample.type()).isEmpty()).isEqualTo(writes(sample));
    }

    private static boolean reads(Sample sample) {
        try {
            return TypedJson.mapper().readerFor(sample.type()).readValue(sample.json()) != null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean writes(Sample sample) {
        try {
            return TypedJson.mapper().valueToTree(sample.value()) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Sample sample(TypeReference<?> type, Object value, String json) {
        return new Sample(TypedJson.mapper().getTypeFactory().constructType(type), value, json);
    }
}
