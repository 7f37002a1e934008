package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.local.kubernetes.ownership.Owner;
import dev.jtask.local.kubernetes.ownership.Owner.Operation;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.RecordedRequest;
import org.junit.jupiter.api.Test;

class CallTest {

    private static final String D = "/apis/apps/v1/namespaces/default/deployments/d";

    @Test
    void writesInTheNameThatIsGivenOrInThatOfItsProgram() {
        assertThat(call(D + "/status?force=true&fieldManager=a%20b").owner(Operation.APPLY))
                .isEqualTo(new Owner(Operation.APPLY, "a b", "apps/v1", "status"));
        assertThat(call(D).owner(Operation.UPDATE)).isEqualTo(new Owner(Operation.UPDATE, "kubectl", "apps/v1", ""));
    }

    @Test
    void isStrictOnlyIfItSaysSo() {
        assertThat(call(D + "?fieldValidation=Strict").isStrict()).isTrue();
        assertThat(call(D + "?fieldValidation=Ignore").isStrict()).isFalse();
        assertThat(call(D).isStrict()).isFalse();
    }

    @Test
    void isAboutObjects() {
        assertThatThrownBy(() -> call("/metrics")).hasMessage("the embedded API has no /metrics");
    }

    private static Call call(String path) {
        var headers =
                Headers.builder().add("User-Agent", "kubectl/v1.32 (linux)").build();
        return Call.of(new RecordedRequest("HTTP/1.1", HttpMethod.PATCH, path, headers, new Buffer(new byte[0])));
    }
}
