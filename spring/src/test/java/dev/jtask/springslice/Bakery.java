package dev.jtask.springslice;

import dev.jtask.client.TaskName;
import dev.jtask.client.TaskStub;
import dev.jtask.client.result.TaskHandle;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// An application of which a slice is enough: the rest of it does not start here.
@SpringBootApplication
class Bakery {

    interface Oven {
        String bake(String what);
    }

    @TaskStub
    @TaskName("bakery")
    interface Orders {
        TaskHandle<String> bake(String what);
    }
}
