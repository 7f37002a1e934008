package org.springframework.samples.jtask;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;

/// Where its tasks go is the application's to say.
@TaskStub(queue = "${clinic.queue}")
@TaskName("clinic")
public interface Reminders {

    TaskHandle<String> remind();
}
