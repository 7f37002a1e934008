package org.springframework.samples.jtask;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;

/// Which only its own package sees.
@TaskStub
@TaskName("clinic")
interface Recalls {

    void recall();
}
