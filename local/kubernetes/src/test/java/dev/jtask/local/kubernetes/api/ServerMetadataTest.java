package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.Yaml;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ServerMetadataTest {

    private static final ResourcePath PATH =
            Objects.requireNonNull(ResourcePath.parse("/api/v1/namespaces/default/pods/p"));
    private static final ObjectNode LIVE = Yaml.of("metadata: {name: p, uid: u, resourceVersion: '7', generation: 3}");

    @Test
    void keepsWhatOnlyTheServerWrites() {
        var wanted = Yaml.of("metadata: {name: p, labels: {a: b}, uid: x, deletionTimestamp: now}");

        ServerMetadata.keep(LIVE, wanted);

        assertThat(wanted)
                .isEqualTo(Yaml.of("metadata: {name: p, labels: {a: b}, uid: u, resourceVersion: '7', generation: 3}"));
    }

    @Test
    void letsPassWhatNamesNoVersionOrTheRightOne() {
        ServerMetadata.check(PATH, LIVE, Yaml.of("metadata: {name: p}"));
        ServerMetadata.check(PATH, LIVE, LIVE);
        ServerMetadata.checkNew(PATH, Yaml.of("metadata: {name: p}"));
    }

    @Test
    void refusesWhatWasMeantForAnotherObjectOrVersion() {
        assertThatThrownBy(() -> ServerMetadata.check(PATH, LIVE, Yaml.of("metadata: {uid: x}")))
                .hasMessage("Operation cannot be fulfilled on pods \"p\": Precondition failed: UID in precondition: x,"
                        + " UID in object meta: u");
        assertThatThrownBy(() -> ServerMetadata.check(PATH, LIVE, Yaml.of("metadata: {resourceVersion: '6'}")))
                .hasMessage("Operation cannot be fulfilled on pods \"p\": the object has been modified; please apply"
                        + " your changes to the latest version and try again");
    }
}
