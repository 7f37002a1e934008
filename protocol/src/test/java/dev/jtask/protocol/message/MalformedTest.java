package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedTest {

    private static final Map<String, @Nullable Object> TASK = Map.of("task", "t.add", "id", "id-1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{broken         | the body is not JSON",
                "[[1],{}]        | must be [args, kwargs, embed], this one is an array of 2",
                "{}              | must be [args, kwargs, embed], this one is of type object",
                "''              | the body is not JSON",
                "[1,{},{}]       | args must be an array",
                "[[],[],{}]      | kwargs must be an object",
                "[[],{},{}] tail | the body is not JSON",
            })
    void aBadBodyIsAValueThatKeepsWhoAsked(String body, String reason) {
        var result = decode(TASK, "application/json", "utf-8", body);

        assertThat(result.reason()).contains(reason);
        assertThat(result.id()).isEqualTo("id-1");
        assertThat(result.task()).isEqualTo("t.add");
        assertThat(result.replyTo()).isEqualTo("replies");
        assertThat(result.correlationId()).isEqualTo("correlation");
    }

    @Test
    void namesWhatIsMissingOrUnknown() {
        var body = "[[],{},{}]";
        assertThat(decode(TASK, null, "utf-8", body).reason()).contains("no content_type");
        assertThat(decode(TASK, "application/x-python-serialize", "binary", body)
                        .reason())
                .contains("application/x-python-serialize is not accepted");
        assertThat(decode(TASK, "application/json", "klingon", body).reason()).contains("klingon is not known");
        assertThat(decode(TASK, "application/json", "utf-8", "").reason()).contains("the body is empty");
        assertThat(decode(Map.of("task", "t.add"), "application/json", "utf-8", body)
                        .reason())
                .contains("no id header");
        assertThat(decode(Map.of(), "application/json", "utf-8", body).reason()).contains("neither a task header");
    }

    @ParameterizedTest
    @CsvSource({
        "eta, soon",
        "expires, 2026-13-45",
        "expires, 9999-12-31T23:59:59-01:00",
        "compression, application/x-bz2"
    })
    void aBadHeaderIsNamed(String header, String value) {
        var result = decode(Map.of("task", "t", "id", "i", header, value), "application/json", "utf-8", "[[],{},{}]");

        assertThat(result.reason()).contains(value);
        assertThat(result.id()).isEqualTo("i");
    }

    private static Malformed decode(
            Map<String, @Nullable Object> headers, @Nullable String type, @Nullable String encoding, String body) {
        var properties = new WireProperties(type, encoding, "correlation", "replies", 2, 0, null, headers);
        var result = TaskCodec.decode(new WireMessage(properties, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(result).isInstanceOf(Malformed.class);
        return (Malformed) result;
    }

    @Test
    void aBodyThatTakesTooMuchMemoryIsNotRead() {
        var properties = new WireProperties("application/json", "utf-8", "correlation", "replies", 2, 0, null, TASK);

        assertThat(TaskCodec.decode(new WireMessage(properties, new byte[Limits.BODY_BYTES + 1])))
                .isInstanceOfSatisfying(Malformed.class, refused -> {
                    assertThat(refused.reason()).contains("bytes, of which at most " + Limits.BODY_BYTES);
                    assertThat(refused.id()).isEqualTo("id-1");
                });
    }

    @Test
    void aBodyThatExpandsBeyondEveryMessageIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zlib = new DeflaterOutputStream(bytes)) {
            for (int i = 0; i < 129; i++) {
                zlib.write(new byte[1024 * 1024]);
            }
        }

        assertThatThrownBy(() -> Compression.expand(bytes.toByteArray(), "gzip"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expands to more than");
    }
}
