package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The operator SDK's matcher compares what a manager owns with what it wants: it runs on the embedded API's record.
class SdkMatcherTest {

    private static final String MANAGER = "operator";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final KubernetesClient client = kubernetes.client();
    private final Deployment desired =
            client.getKubernetesSerialization().unmarshal("""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: d
              namespace: default
              labels: {app: d}
              ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
            spec:
              selector: {matchLabels: {app: d}}
              template:
                metadata: {labels: {app: d}}
                spec:
                  securityContext: {}
                  volumes: [{name: tmp, emptyDir: {sizeLimit: 1Gi}}]
                  containers:
                    - name: worker
                      image: worker:1
                      args: [a, b]
                      ports: [{name: http, containerPort: 9000, protocol: TCP}]
                      env:
                        - {name: A, value: "1"}
                        - {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}
                      volumeMounts: [{name: tmp, mountPath: /tmp}]
                      resources: {limits: {memory: 1Gi}}
        """.formatted(ownerUid()), Deployment.class);

    @AfterEach
    void close() {
        client.close();
        kubernetes.close();
    }

    @Test
    void seesNoDifferenceAfterAnApply() {
        apply();

        assertThat(matches()).isTrue();
    }

    @Test
    void doesNotMindWhatOthersAdd() {
        apply();
        edit(found -> found.edit()
                .editSpec()
                .withReplicas(3)
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("C")
                .withValue("3")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        assertThat(matches()).isTrue();
    }

    @Test
    void seesWhatSomebodyElseChanged() {
        apply();
        edit(found -> found.edit()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("elses:2")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        assertThat(matches()).isFalse();
        apply();
        assertThat(matches()).isTrue();
    }

    private String ownerUid() {
        var owner = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("owner")
                .withNamespace("default")
                .endMetadata()
                .build();
        return client.resource(owner).create().getMetadata().getUid();
    }

    private void apply() {
        client.resource(desired).fieldManager(MANAGER).forceConflicts().serverSideApply();
    }

    private void edit(UnaryOperator<Deployment> change) {
        client.apps().deployments().inNamespace("default").withName("d").edit(change);
    }

    private boolean matches() {
        var actual = client.resource(desired).get();
        return SSABasedGenericKubernetesResourceMatcher.<Deployment>getInstance()
                .matches(actual, desired, context());
    }

    private Context<?> context() {
        var configuration =
                fake(ControllerConfiguration.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "fieldManager" -> MANAGER;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return fake(Context.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getClient" -> client;
            case "getControllerConfiguration" -> configuration;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
