package dev.jtask.crds.v1alpha1;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the generator has no annotation for: the order of the columns, integer widths, times, the key of the
/// conditions.
final class CrdFinish implements CRDPostProcessor {

    private static final List<String> COLUMNS =
            List.of("Ready", "Status", "Replicas", "Desired", "Backlog", "Reason", "Age", "Message");

    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
        var crd = (CustomResourceDefinition) generated;
        for (var version : crd.getSpec().getVersions()) {
            var columns = version.getAdditionalPrinterColumns();
            columns.sort(Comparator.comparingInt(
                    (CustomResourceColumnDefinition column) -> COLUMNS.indexOf(column.getName())));
            columns.forEach(column -> column.setPriority(column.getName().equals("Message") ? 1 : 0));
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setRequired(List.of("spec"));
            schema.setDescription("Workers of one image that drain some queues, as many of them as the backlog needs.");
            property(schema, "spec").setDescription("What the pool shall be.");
            property(schema, "status").setDescription("What the pool is, as the operator last saw it.");
            property(property(schema, "spec"), "template").setType("object");
            dropRepeatedRules(schema);
            var status = property(schema, "status");
            conditions(property(status, "conditions"));
            var scaling = property(status, "scaling");
            List.of("lastScaleTime", "notBefore", "nextWindow")
                    .forEach(time -> property(scaling, time).setFormat("date-time"));
            property(property(scaling, "history").getItems().getSchema(), "at").setFormat("date-time");
            widths(property(schema, "spec").getProperties(), "int32");
            widths(status.getProperties(), "int64");
        }
        return crd;
    }

    private static void conditions(JSONSchemaProps conditions) {
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        var condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        property(condition, "lastTransitionTime").setFormat("date-time");
    }

    /// An annotation on a record's component is found on its field and again on its accessor.
    private static void dropRepeatedRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        schema.getProperties().values().forEach(CrdFinish::dropRepeatedRules);
        if (schema.getItems() != null) {
            dropRepeatedRules(schema.getItems().getSchema());
        }
    }

    private static void widths(Map<String, JSONSchemaProps> properties, String format) {
        properties.values().forEach(schema -> {
            if ("integer".equals(schema.getType())) {
                schema.setFormat(format);
            }
            widths(schema.getProperties(), format);
            if (schema.getItems() != null) {
                widths(schema.getItems().getSchema().getProperties(), format);
            }
        });
    }

    static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }
}
