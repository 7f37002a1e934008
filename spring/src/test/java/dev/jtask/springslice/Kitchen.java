package dev.jtask.springslice;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.TaskSchedule;
import dev.jtask.task.request.TaskRequest;
import org.springframework.stereotype.Component;

/// The bakery's components, which are found by looking for them: what is inside of a configuration belongs to it.
final class Kitchen {

    private Kitchen() {}

    @Component
    static class Bread {

        private final Bakery.Oven oven;

        Bread(Bakery.Oven oven) {
            this.oven = oven;
        }

        @Task(value = "bakery.bake", retryFor = IllegalStateException.class, retryDelay = "3m")
        public String bake(String what, TaskContext context) {
            var baked = oven.bake(what);
            context.send(TaskRequest.of("bakery.sell", baked).queue("counter"));
            context.send("till.count", baked);
            return baked;
        }
    }

    @Component
    static class Flour {

        @Task(value = "bakery.order", queue = "${bakery.mill}")
        @TaskSchedule(every = "24h")
        public void order() {}
    }

    abstract static class Handler<T> {

        @Task("bakery.handle")
        public String handle(T what) {
            return "handled " + what;
        }
    }

    abstract static class Sweets extends Handler<String> {}

    /// Whose task is that of a class two above.
    @Component
    static class Cakes extends Sweets {}

    interface Counted {

        @Task("bakery.count")
        default int count() {
            return 12;
        }
    }

    interface Dozens extends Counted {}

    /// Whose task is that of an interface.
    @Component
    static class Rolls implements Dozens {}

    /// As a web server's or a database's would.
    @Component
    static class Shopfront {

        Shopfront() {
            throw new IllegalStateException("a slice needs no shop front");
        }
    }
}
