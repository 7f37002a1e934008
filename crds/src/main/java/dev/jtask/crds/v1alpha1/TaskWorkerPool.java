package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.PrinterColumnFormat;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// Workers of one image that drain some queues, as many of them as the backlog needs.
@Group("jtask.dev")
@Version("v1alpha1")
@Kind("TaskWorkerPool")
@Plural("taskworkerpools")
@ShortNames("twp")
@Categories("jtask")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        getDescription = "Whether the pool works as its spec asks")
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        getDescription = "Why the pool is ready, or is not")
@AdditionalPrinterColumn(
        name = "Replicas",
        jsonPath = ".status.replicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Worker pods that exist")
@AdditionalPrinterColumn(
        name = "Desired",
        jsonPath = ".status.scaling.desiredReplicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Worker pods that the backlog needs")
@AdditionalPrinterColumn(
        name = "Backlog",
        jsonPath = ".status.backlog",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Messages waiting or being worked on, in all queues of the pool")
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.scaling.reason",
        getDescription = "What decided the desired number")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Time since the pool was created")
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.scaling.message",
        priority = 1,
        format = PrinterColumnFormat.NONE,
        getDescription = "The sentence behind the desired number")
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message = "metadata.name becomes a label of the pods: shorten it to 63 characters")
public final class TaskWorkerPool extends CustomResource<TaskWorkerPoolSpec, TaskWorkerPoolStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @JsonDeserialize(using = ReadableStatus.class)
    public void setStatus(@Nullable TaskWorkerPoolStatus status) {
        super.setStatus(status);
    }

    @Override
    protected @Nullable TaskWorkerPoolSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable TaskWorkerPoolStatus initStatus() {
        return null;
    }
}
