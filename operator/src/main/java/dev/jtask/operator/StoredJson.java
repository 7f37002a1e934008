package dev.jtask.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/// Reads whatever an API server stores. An informer ends over one resource that it cannot read, and then no pool is
/// heard of any more.
@Singleton
public final class StoredJson implements KubernetesClientObjectMapperCustomizer {

    /// Of Kubernetes' own reader.
    private static final int DEPTH = 10_000;

    /// More than etcd takes.
    private static final int LENGTH = 16 << 20;

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNameLength(LENGTH)
                        .maxNumberLength(LENGTH)
                        .maxStringLength(LENGTH)
                        .build());
        mapper.addMixIn(ManagedFieldsEntry.class, WithoutFields.class);
    }

    /// Nobody here asks who owns which field: it is as deep as the resource itself, and larger than the rest of it.
    @RegisterForReflection(
            classNames = {"dev.jtask.operator.StoredJson$WithoutFields", "dev.jtask.crds.v1alpha1.BoundedTree"})
    @JsonIgnoreProperties("fieldsV1")
    abstract static class WithoutFields {}
}
