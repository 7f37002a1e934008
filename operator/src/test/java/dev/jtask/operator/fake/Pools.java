package dev.jtask.operator.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.StoredJson;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;

/// Pools out of YAML, as users write them.
public final class Pools {

    /// As the operator reads what an API server tells it.
    public static final KubernetesSerialization YAML = stored();

    private Pools() {}

    /// A pool named `shop` in namespace `default` whose spec is an image, a Secret `rabbitmq` and what is given.
    public static TaskWorkerPool pool(String spec) {
        return YAML.unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: shop, namespace: default, uid: u-1, generation: 3}
            spec:
              image: registry.test/shop:1.4
              broker: {secretRef: {name: rabbitmq}}
            """ + spec.indent(2), TaskWorkerPool.class);
    }

    /// A pool of the same spec.
    public static TaskWorkerPool named(String name, TaskWorkerPool pool) {
        var other = YAML.clone(pool);
        other.getMetadata().setName(name);
        other.getMetadata().setUid("u-" + name);
        return other;
    }

    /// The same pool after somebody deleted it.
    public static TaskWorkerPool deleted(TaskWorkerPool pool, Instant at) {
        var deleted = YAML.clone(pool);
        deleted.getMetadata().setDeletionTimestamp(at.toString());
        return deleted;
    }

    /// The Deployment of a pool as far as scaling looks at it.
    public static Deployment deployment(int replicas, long generation) {
        return YAML.unmarshal("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: default, uid: d-1, generation: %d, ownerReferences: [{uid: u-1}]}
            spec: {replicas: %d}
            """.formatted(generation, replicas), Deployment.class);
    }

    private static KubernetesSerialization stored() {
        var mapper = new ObjectMapper();
        new StoredJson().customize(mapper);
        return new KubernetesSerialization(mapper, true);
    }
}
