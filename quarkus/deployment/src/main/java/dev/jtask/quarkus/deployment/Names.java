package dev.jtask.quarkus.deployment;

import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import org.jboss.jandex.DotName;

/// The types that an application names, as the index has them.
final class Names {

    static final DotName TASK = DotName.createSimple(Task.class);
    static final DotName SCHEDULE = DotName.createSimple(TaskSchedule.class);
    static final DotName STUB = DotName.createSimple(TaskStub.class);
    static final DotName NAME = DotName.createSimple(TaskName.class);
    static final DotName CLIENT = DotName.createSimple(TaskClient.class);
    static final DotName HANDLE = DotName.createSimple(TaskHandle.class);

    private Names() {}
}
