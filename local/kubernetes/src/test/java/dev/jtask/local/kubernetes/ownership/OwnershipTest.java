package dev.jtask.local.kubernetes.ownership;

import static dev.jtask.local.kubernetes.ownership.Types.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.ownership.Owner.Operation;
import dev.jtask.local.kubernetes.ownership.Ownership.Claim;
import dev.jtask.local.kubernetes.ownership.Ownership.Result;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Ownership DEPLOYMENTS = new Ownership(Types.DEPLOYMENT);

    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, namespace: default}
        """;

    private ObjectNode live = Yaml.of("{apiVersion: apps/v1, kind: Deployment}");

    /// The record is one that a kube-apiserver 1.27 wrote; JOSDK has it among its test resources.
    @Test
    void recordsAnApplyAsARealApiServerDid() {
        apply("controller", Claim.FORCED, """
            spec:
              progressDeadlineSeconds: 600
              replicas: 1
              revisionHistoryLimit: 10
              selector: {matchLabels: {app: test-dependent}}
              template:
                metadata: {labels: {app: test-dependent}}
                spec:
                  containers:
                    - {name: nginx, image: "nginx:1.17.0", ports: [{containerPort: 80}]}
            """);

        assertThat(live.at("/metadata/managedFields")).hasSize(1).first().isEqualTo(Yaml.of("""
            apiVersion: apps/v1
            fieldsType: FieldsV1
            fieldsV1:
              f:spec:
                f:progressDeadlineSeconds: {}
                f:replicas: {}
                f:revisionHistoryLimit: {}
                f:selector: {}
                f:template:
                  f:metadata:
                    f:labels:
                      f:app: {}
                  f:spec:
                    f:containers:
                      k:{"name":"nginx"}:
                        .: {}
                        f:image: {}
                        f:name: {}
                        f:ports:
                          k:{"containerPort":80,"protocol":"TCP"}:
                            .: {}
                            f:containerPort: {}
            manager: controller
            operation: Apply
            time: "2026-01-01T12:00:00Z"
            """));
    }

    /// As the controller manager's entry in the same record.
    @Test
    void recordsAnUpdateAsARealApiServerDid() {
        apply("controller", Claim.FORCED, "spec: {replicas: 1}");
        var status = live.deepCopy();
        status.withObjectProperty("metadata").setAll(Yaml.of("annotations: {deployment.kubernetes.io/revision: '1'}"));
        status.set("status", Yaml.of("{replicas: 1, conditions: [{type: Available, status: 'True'}]}"));

        live = DEPLOYMENTS.update(
                live, status, new Owner(Operation.UPDATE, "kube-controller-manager", "apps/v1", "status"), NOON);

        assertThat(live.at("/metadata/managedFields")).hasSize(2).last().isEqualTo(Yaml.of("""
            apiVersion: apps/v1
            fieldsType: FieldsV1
            fieldsV1:
              f:metadata:
                f:annotations:
                  .: {}
                  f:deployment.kubernetes.io/revision: {}
              f:status:
                f:conditions:
                  .: {}
                  k:{"type":"Available"}:
                    .: {}
                    f:status: {}
                    f:type: {}
                f:replicas: {}
            manager: kube-controller-manager
            operation: Update
            subresource: status
            time: "2026-01-01T12:00:00Z"
            """));
    }

    @Test
    void anApplyThatChangesAnothersFieldIsAConflict() {
        apply("one", Claim.MODEST, "spec: {replicas: 1, paused: true}");

        var result = applied("two", Claim.MODEST, "spec: {replicas: 2, paused: true}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Conflicting.class,
                        conflicting -> assertThat(conflicting.conflicts().message())
                                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.replicas"));
    }

    @Test
    void anApplyByForceTakesTheFieldAway() {
        apply("one", Claim.MODEST, "spec: {replicas: 1, paused: true}");

        apply("two", Claim.FORCED, "spec: {replicas: 2}");

        assertThat(live.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(owned("one")).isEqualTo(FieldSet.of("spec.paused"));
        assertThat(owned("two")).isEqualTo(FieldSet.of("spec.replicas"));
    }

    @Test
    void whoAppliesTheSameValueSharesTheField() {
        apply("one", Claim.MODEST, "spec: {replicas: 1}");
        apply("two", Claim.MODEST, "spec: {replicas: 1}");
        apply("one", Claim.MODEST, "spec: {paused: true}");

        assertThat(live.at("/spec")).isEqualTo(Yaml.of("{replicas: 1, paused: true}"));

        apply("two", Claim.MODEST, "metadata: {labels: {app: a}}");
        assertThat(live.at("/spec")).isEqualTo(Yaml.of("{paused: true}"));
    }

    @Test
    void removesWhatItsManagerNoLongerApplies() {
        apply("one", Claim.MODEST, """
            spec: {template: {spec: {containers: [{name: a, env: [{name: X}, {name: Y}]}, {name: b}]}}}
            """);

        apply("one", Claim.MODEST, "spec: {template: {spec: {containers: [{name: a, env: [{name: Y}]}]}}}");

        assertThat(live.at("/spec"))
                .isEqualTo(Yaml.of("template: {spec: {containers: [{name: a, env: [{name: Y}]}]}}"));
    }

    @Test
    void keepsAnItemThatAnotherManagerAddedTo() {
        apply("one", Claim.MODEST, "spec: {template: {spec: {containers: [{name: a, image: x}]}}}");
        apply("two", Claim.MODEST, "spec: {template: {spec: {containers: [{name: a, env: [{name: Y}]}]}}}");

        apply("one", Claim.MODEST, "spec: {paused: true}");

        assertThat(live.at("/spec/template")).isEqualTo(Yaml.of("spec: {containers: [{name: a, env: [{name: Y}]}]}"));
    }

    @Test
    void keepsWhatNobodyOwnsAndWhatTheServerKeeps() {
        apply("one", Claim.MODEST, "metadata: {labels: {app: a}}\nspec: {paused: true}");
        live.withObjectProperty("metadata").put("uid", "u").put("resourceVersion", "7");
        live.withObjectProperty("spec").put("minReadySeconds", 5);

        apply("one", Claim.MODEST, "spec: {replicas: 1}");

        assertThat(live.at("/spec")).isEqualTo(Yaml.of("{minReadySeconds: 5, replicas: 1}"));
        assertThat(live.at("/metadata/uid").asText()).isEqualTo("u");
        assertThat(live.at("/metadata/resourceVersion").asText()).isEqualTo("7");
        assertThat(live.at("/metadata").has("labels")).isFalse();
    }

    @Test
    void anUpdateTakesWhatItChangesFromItsAppliers() {
        apply("one", Claim.MODEST, "spec: {replicas: 1, paused: true}");
        var wanted = live.deepCopy();
        wanted.withObjectProperty("spec").put("replicas", 3);

        live = DEPLOYMENTS.update(live, wanted, new Owner(Operation.UPDATE, "kubectl", "apps/v1", ""), NOON);

        assertThat(owned("one")).isEqualTo(FieldSet.of("spec.paused"));
        apply("one", Claim.MODEST, "spec: {paused: true}");
        assertThat(live.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(applied("one", Claim.MODEST, "spec: {replicas: 1}"))
                .isInstanceOfSatisfying(
                        Result.Conflicting.class,
                        conflicting -> assertThat(conflicting.conflicts().message())
                                .endsWith("conflict with \"kubectl\" using apps/v1: .spec.replicas"));
    }

    @Test
    void anUpdateThatChangesNothingLeavesTheRecordAlone() {
        apply("one", Claim.MODEST, "spec: {replicas: 1}");

        var updated = DEPLOYMENTS.update(
                live, live.deepCopy(), new Owner(Operation.UPDATE, "kubectl", "apps/v1", ""), NOON.plusSeconds(9));

        assertThat(updated).isEqualTo(live);
    }

    @Test
    void anApplyAgainDiffersInItsTimeOnly() {
        apply("one", Claim.MODEST, "spec: {replicas: 1}");

        var again = DEPLOYMENTS.apply(
                live,
                Yaml.of(DEPLOYMENT + "spec: {replicas: 1}"),
                new Owner(Operation.APPLY, "one", "apps/v1", ""),
                Claim.MODEST,
                NOON.plusSeconds(9));

        assertThat(again)
                .isInstanceOfSatisfying(
                        Result.Applied.class,
                        done -> assertThat(Ownership.isSame(live, done.object()))
                                .isTrue());
        var other = live.deepCopy();
        other.withObjectProperty("spec").put("replicas", 2);
        assertThat(Ownership.isSame(live, other)).isFalse();
    }

    @Test
    void anObjectWithoutOwnersIsNobodysUntilSomebodyApplies() {
        live = Yaml.of(DEPLOYMENT + "spec: {replicas: 1}");

        apply("one", Claim.MODEST, "spec: {replicas: 2}");

        assertThat(owned("one")).isEqualTo(set("f:spec: {'f:replicas': {}}"));
    }

    private void apply(String manager, Claim claim, String fields) {
        var result = applied(manager, claim, fields);
        assertThat(result).isInstanceOf(Result.Applied.class);
        if (result instanceof Result.Applied(var object)) {
            live = object;
        }
    }

    private Result applied(String manager, Claim claim, String fields) {
        var object = Yaml.of(DEPLOYMENT);
        Yaml.of(fields)
                .properties()
                .forEach(field -> object.withObjectProperty(field.getKey()).setAll((ObjectNode) field.getValue()));
        return DEPLOYMENTS.apply(live, object, new Owner(Operation.APPLY, manager, "apps/v1", ""), claim, NOON);
    }

    private FieldSet owned(String manager) {
        return ManagedFields.of(live).of(new Owner(Operation.APPLY, manager, "apps/v1", ""));
    }
}
