package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {

    private static final int TOO_MUCH_MIB = 129;

    /// What Python 3.11 made of `[[5],{},{}]` with `bz2.compress`, `lzma.compress`, and `lzma.compress` of
    /// FORMAT_ALONE.
    @ParameterizedTest
    @CsvSource({
        "application/x-bz2, QlpoOTFBWSZTWeOChZ8AAAIagAAEAgAACgAKIAAhKG0gwCVOYlPF3JFOFCQ44KFnwA==",
        "bzip2, QlpoOTFBWSZTWQ75rYMAAAEKAAIAAAogACGYGYMsLuSKcKEgHfNbBkJaaDkxQVkmU1m+3PT3AAAAEoAABAACAAogACEhoM00qYTi7kinChIX256e4A==",
        "application/x-lzma, /Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAKW1s1XSx7fSx7fV0AAM9rIXWP9R8PAAEjC8Ib/QkftvN9AQAAAAAEWVo=",
        "xz, /Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAKW1s1XSx7fSx7fV0AAM9rIXWP9R8PAAEjC8Ib/QkftvN9AQAAAAAEWVo=",
        "lzma, XQAAgAD//////////wAt4NC6KzqBJ3exIZwlX/+AuIAA",
        "application/zstd, KLUv/QRYWQAAW1s1XSx7fSx7fV1jq8HS",
    })
    void readsWhatPythonWrites(String method, String base64) throws IOException {
        assertThat(Compression.expand(Base64.getDecoder().decode(base64), method))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("[[5],{},{}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-gzip", "application/x-bz2", "application/x-lzma", "application/zstd"})
    void boundsWhatComesOut(String method) throws IOException {
        var bomb = compressed(method, new byte[1 << 20], TOO_MUCH_MIB);
        assertThat(bomb).hasSizeLessThan(1 << 20);

        assertThatThrownBy(() -> Compression.expand(bomb, method))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expands to more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-gzip", "application/x-bz2", "application/x-lzma", "application/zstd", "xz"})
    void refusesWhatIsCutOrNotOfTheMethod(String method) throws IOException {
        var text = new Random(1)
                .ints(5_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","))
                .getBytes(StandardCharsets.UTF_8);
        var sound = compressed(method, text, 1);
        assertThat(Compression.expand(sound, method)).isEqualTo(text);
        var cut = Arrays.copyOf(sound, sound.length / 2);
        for (var body : new byte[][] {cut, {}, {1, 2, 3}, "[[],{},{}]".getBytes(StandardCharsets.UTF_8)}) {
            assertThatThrownBy(() -> Compression.expand(body, method))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(method);
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionMethod.class)
    void writesWhatItReads(CompressionMethod method) throws IOException {
        var task = TaskMessage.builder("id", "t")
                .args(JsonNodeFactory.instance.arrayNode().add("x".repeat(10_000)))
                .customHeaders(Map.of("compression", method.contentType()))
                .build();

        var wire = TaskCodec.encode(task, Instant.EPOCH);

        assertThat(wire.body()).hasSizeLessThan(1_000);
        assertThat(wire.properties().headers()).containsEntry("compression", method.contentType());
        assertThat(TaskCodec.decode(wire)).isInstanceOfSatisfying(DecodeResult.Decoded.class, read -> {
            assertThat(read.task().args()).isEqualTo(task.args());
            assertThat(read.task().customHeaders()).isEmpty();
        });
    }

    @Test
    void namesACompressionThatItDoesNotHave() {
        var task = TaskMessage.builder("id", "t")
                .customHeaders(Map.of("compression", "application/x-brotli"))
                .build();

        assertThatThrownBy(() -> TaskCodec.encode(task, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compression application/x-brotli is not supported");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ZLIB")
    void namesALibraryThatIsMissing(CompressionMethod method) throws Exception {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var urls = new ArrayList<URL>();
        for (var entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.matches(".*(commons-compress|zstd-jni|/xz).*")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        Map<String, Object> headers = Map.of("task", "t", "id", "i", "compression", method.contentType());
        try (var bare = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var properties = bare.loadClass(WireProperties.class.getName())
                    .getMethod("json", int.class, Map.class)
                    .invoke(null, 2, headers);
            var message = bare.loadClass(WireMessage.class.getName())
                    .getConstructors()[0]
                    .newInstance(properties, new byte[] {1, 2, 3});

            var read = bare.loadClass(TaskCodec.class.getName())
                    .getMethod("decode", message.getClass())
                    .invoke(null, message);

            assertThat(read)
                    .asString()
                    .contains("needs the library " + method.artifact() + " on the class path; add it");
        }
    }

    /// A header of 13 bytes that asks for a dictionary of 1 GiB.
    @ParameterizedTest
    @ValueSource(strings = "XQAAAED//////////wA=")
    void boundsTheMemoryThatAHeaderAsksFor(String base64) {
        assertThatThrownBy(() -> Compression.expand(Base64.getDecoder().decode(base64), "lzma"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory");
    }

    private static byte[] compressed(String method, byte[] block, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = open(method, bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(block);
            }
        }
        return bytes.toByteArray();
    }

    private static OutputStream open(String method, OutputStream out) throws IOException {
        return switch (method) {
            case "application/x-gzip" -> new DeflaterOutputStream(out);
            case "application/x-bz2" -> new BZip2CompressorOutputStream(out, 1);
            case "application/x-lzma", "xz" -> new XZOutputStream(out, new LZMA2Options(0));
            case "application/zstd" -> new ZstdOutputStream(out);
            default -> throw new IllegalArgumentException(method);
        };
    }
}
