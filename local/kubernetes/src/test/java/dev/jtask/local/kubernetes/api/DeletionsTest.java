package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeletionsTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final Requests api = new Requests();

    @Test
    void takeAnObjectAwayAtOnce() {
        api.post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}");

        assertThat(api.delete(MAPS + "/m").code()).isEqualTo(200);
        assertThat(api.get(MAPS + "/m").code()).isEqualTo(404);
        assertThat(api.delete(MAPS + "/m").message()).isEqualTo("configmaps \"m\" not found");
    }

    @Test
    void waitForTheLastFinalizer() {
        api.post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, finalizers: [a/b]}}");

        api.delete(MAPS + "/m");

        assertThat(api.get(MAPS + "/m").body().at("/metadata/deletionTimestamp").asText())
                .isEqualTo("2026-01-01T12:00:00Z");
        api.merge(MAPS + "/m", "metadata: {finalizers: []}");
        assertThat(api.get(MAPS + "/m").code()).isEqualTo(404);
    }

    @Test
    void giveAPodOnANodeItsGracePeriod() {
        api.post(PODS, """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {nodeName: n, terminationGracePeriodSeconds: 60}
            """);

        api.delete(PODS + "/p");

        assertThat(api.get(PODS + "/p").body().at("/metadata/deletionTimestamp").asText())
                .isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void spareWhatHasAnotherUid() {
        api.post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, finalizers: [a/b]}}");
        var uid = api.get(MAPS + "/m").body().at("/metadata/uid").asText();

        var refused = api.delete(MAPS + "/m", "{preconditions: {uid: another}}");
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message()).contains("UID in precondition: another, UID in object meta: " + uid);
        assertThat(api.get(MAPS + "/m").body().at("/metadata").has("deletionTimestamp"))
                .isFalse();

        assertThat(api.delete(MAPS + "/m", "{preconditions: {uid: %s}}".formatted(uid))
                        .code())
                .isEqualTo(200);
    }

    @Test
    void takeNothingAwayInADryRun() {
        api.post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}");

        assertThat(api.delete(MAPS + "/m?dryRun=All").code()).isEqualTo(200);
        assertThat(api.delete(MAPS + "/m", "{dryRun: [All]}").code()).isEqualTo(200);

        assertThat(api.get(MAPS + "/m").code()).isEqualTo(200);
    }
}
