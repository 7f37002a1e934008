package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.AuthFiles;
import dev.jtask.seal.SealException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AuthSerializerTest {

    @TempDir
    static Path folder;

    private static Path store;
    private static AuthFiles shop;
    private static AuthFiles stranger;

    private final AuthSerializer auth = new AuthSerializer(shop, Clock.systemUTC());

    @BeforeAll
    static void issue() throws IOException {
        store = Files.createDirectory(folder.resolve("store"));
        shop = Identities.create(folder, "shop", "/C=DE/O=Shop, Inc./CN=shop/emailAddress=it@shop", store);
        stranger = Identities.create(folder, "stranger", "/CN=stranger", store);
        Files.copy(shop.certificate(), store.resolve("shop.crt"));
    }

    @Test
    void whatIsPackedIsUnpacked() throws SealException {
        var message = Given.message("1");
        var packed = auth.pack(message);

        assertThat(packed.properties().contentType()).isEqualTo("application/data");
        assertThat(new String(Base64.getDecoder().decode(packed.body()), StandardCharsets.ISO_8859_1))
                .startsWith("DE Shop, Inc. shop it@shop ")
                .contains("\0\1application/json\0\1utf-8\0\1[[],");
        assertThat(auth.unpack(packed)).isEqualTo(message);
    }

    @Test
    void aCompressedBodyIsSignedAsItWasBefore() throws SealException {
        var gzip = Map.<String, @Nullable Object>of("compression", "gzip");
        var message = Given.message(TaskMessage.builder("1", "t.pay").customHeaders(gzip));

        assertThat(auth.unpack(auth.pack(message)).body())
                .isEqualTo(Given.message("1").body());
    }

    @Test
    void aStrangersMessageIsRefused() {
        var packed = new AuthSerializer(stranger, Clock.systemUTC()).pack(Given.message("1"));

        assertThatThrownBy(() -> auth.unpack(packed))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("signed by 'stranger ")
                .hasMessageContaining("put it there");
    }

    @Test
    void whatWasChangedIsRefused() {
        var fields = Base64.getDecoder().decode(auth.pack(Given.message("1")).body());
        fields[fields.length - 3] ^= 1;

        assertThatThrownBy(() -> auth.unpack(packed(fields))).hasMessageContaining("was changed on the way");
    }

    @Test
    void aCertificateThatHasEndedIsNotBelieved() {
        var later = new AuthSerializer(shop, Clock.offset(Clock.systemUTC(), Duration.ofDays(400)));

        assertThatThrownBy(() -> later.unpack(auth.pack(Given.message("1")))).hasMessageContaining("is not valid now");
    }

    @Test
    void whatIsCutAnywhereIsRefused() {
        var whole = Base64.getDecoder().decode(auth.pack(Given.message("1")).body());
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> auth.unpack(packed(cut)))
                    .as("%d bytes", length)
                    .isInstanceOf(SealException.class);
        }
        var noBase64 = new WireMessage(Given.message("1").properties(), "<>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> auth.unpack(noBase64)).hasMessageContaining("no base64");
    }

    @Test
    void filesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new AuthSerializer(
                        new AuthFiles(shop.certificate(), shop.certificate(), store), Clock.systemUTC()))
                .hasMessageContaining("shop.crt holds no private key");
        assertThatThrownBy(() -> new AuthSerializer(
                        new AuthFiles(shop.key(), shop.certificate(), folder.resolve("none")), Clock.systemUTC()))
                .hasMessageContaining("none cannot be read as a folder");
    }

    private static WireMessage packed(byte[] fields) {
        return new WireMessage(
                Given.message("1").properties().withContent("application/data", "utf-8"),
                Base64.getEncoder().encode(fields));
    }
}
