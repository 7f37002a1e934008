package dev.jtask.operator;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.FieldsV1;
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
        mapper.addMixIn(ManagedFieldsEntry.class, FewFields.class);
    }

    /// Who owns which field is told in more words than the rest of a resource, and as deep.
    @RegisterForReflection(
            classNames = {
                "dev.jtask.operator.StoredJson$FewFields",
                "dev.jtask.operator.FieldsOfSpec",
                "dev.jtask.crds.v1alpha1.BoundedTree",
                "dev.jtask.crds.v1alpha1.ReadableStatus"
            })
    abstract static class FewFields {

        @JsonDeserialize(using = FieldsOfSpec.class)
        abstract void setFieldsV1(FieldsV1 fields);
    }
}
