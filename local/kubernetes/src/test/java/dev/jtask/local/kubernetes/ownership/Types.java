package dev.jtask.local.kubernetes.ownership;

import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.schema.FieldType;
import dev.jtask.local.kubernetes.schema.ModelTypes;

/// Types and typed objects for tests.
final class Types {

    static final FieldType DEPLOYMENT = ModelTypes.of("apps/v1", "Deployment").orElseThrow();
    static final FieldType POD = ModelTypes.of("v1", "Pod").orElseThrow();

    private Types() {}

    static Typed pod(String yaml) {
        return Typed.of(POD, Yaml.of(yaml));
    }

    static FieldSet set(String fieldsV1) {
        return FieldSet.parse(Yaml.of(fieldsV1));
    }
}
