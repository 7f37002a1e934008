package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResourcePathTest {

    @Test
    void takesAPathOfAGroupApart() {
        var path = parse("/apis/apps/v1/namespaces/shop/deployments/d/scale?force=true");

        assertThat(path)
                .isEqualTo(new ResourcePath(
                        "apps",
                        "v1",
                        "shop",
                        "deployments",
                        "/apis/apps/v1/namespaces/shop/deployments",
                        "d",
                        "scale"));
        assertThat(path.object()).isEqualTo("/apis/apps/v1/namespaces/shop/deployments/d");
        assertThat(path.groupVersion()).isEqualTo("apps/v1");
        assertThat(path.groupResource()).isEqualTo("deployments.apps");
    }

    @Test
    void takesAPathOfTheCoreGroupApart() {
        var path = parse("/api/v1/namespaces/shop");

        assertThat(path.plural()).isEqualTo("namespaces");
        assertThat(path.name()).isEqualTo("shop");
        assertThat(path.namespace()).isNull();
        assertThat(path.groupVersion()).isEqualTo("v1");
        assertThat(path.groupResource()).isEqualTo("namespaces");
    }

    @Test
    void isNoneOfDiscovery() {
        assertThat(ResourcePath.parse("/apis")).isNull();
        assertThat(ResourcePath.parse("/version")).isNull();
    }

    private static ResourcePath parse(String path) {
        return Objects.requireNonNull(ResourcePath.parse(path));
    }
}
