package dev.jtask.quarkus.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jboss.jandex.MethodInfo;

/// Each name means one task.
final class TaskNames {

    private TaskNames() {}

    static List<String> faults(List<TaskBean> beans) {
        var faults = new ArrayList<String>();
        var taken = new HashMap<String, MethodInfo>();
        for (var bean : beans) {
            for (var task : bean.tasks()) {
                var other = taken.putIfAbsent(TaskIndex.name(task), task);
                if (other != null) {
                    faults.add("two tasks are named '%s': %s and %s; rename one, or let one bean have it"
                            .formatted(TaskIndex.name(task), TaskIndex.written(other), TaskIndex.written(task)));
                }
            }
        }
        return faults;
    }
}
