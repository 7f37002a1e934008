package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GarbageTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final Requests api = new Requests();

    @Test
    void goesWithItsLastOwnerDownToTheGrandchildren() {
        var parent = create("parent", "");
        var child = create("child", parent);
        create("grandchild", child);
        create("free", "");

        api.delete(MAPS + "/parent");

        assertThat(api.get(MAPS).body().path("items").findValuesAsText("name")).containsExactly("free");
    }

    private String create(String name, String owner) {
        var owners =
                owner.isEmpty() ? "[]" : "[{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]".formatted(owner);
        return api.post(MAPS, """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: %s, ownerReferences: %s}}
                """.formatted(name, owners))
                .body()
                .at("/metadata/uid")
                .asText();
    }
}
