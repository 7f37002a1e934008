package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir
    private Path folder;

    @Test
    void tellsWhoWroteWhatAndHowThatWasAnswered() throws IOException {
        var log = log(line("patch", "/apis/apps/v1/namespaces/default/deployments/shop?fieldManager=a", 201)
                + line("delete", "/api/v1/namespaces/default/pods/shop-1", 404));

        assertThat(log.writes())
                .containsExactly(
                        new ApiRequest(
                                "one",
                                "PATCH",
                                "/apis/apps/v1/namespaces/default/deployments/shop?fieldManager=a",
                                201),
                        new ApiRequest("one", "DELETE", "/api/v1/namespaces/default/pods/shop-1", 404));
    }

    @Test
    void aLineThatIsJustBeingWrittenIsLeftForLater() throws IOException {
        var whole = line("create", "/api/v1/namespaces/default/events", 201);

        assertThat(log(whole + whole.substring(0, 20)).writes()).hasSize(1);
    }

    @Test
    void beforeTheFirstWriteThereIsNone() throws IOException {
        assertThat(AuditLog.write(folder).writes()).isEmpty();
    }

    private AuditLog log(String text) throws IOException {
        var log = AuditLog.write(folder);
        Files.writeString(folder.resolve("audit.log"), text);
        return log;
    }

    private static String line(String verb, String uri, int code) {
        return """
            {"kind":"Event","level":"Metadata","stage":"ResponseComplete","requestURI":"%s","verb":"%s",\
            "user":{"username":"admin"},"userAgent":"one","responseStatus":{"metadata":{},"code":%d}}
            """.formatted(uri, verb, code);
    }
}
