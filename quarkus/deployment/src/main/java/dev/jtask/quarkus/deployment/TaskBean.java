package dev.jtask.quarkus.deployment;

import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;

/// A bean whose class has tasks.
///
/// @param id its name in the container
/// @param type what its author wrote
record TaskBean(String id, ClassInfo type, List<MethodInfo> tasks) {

    TaskBean {
        tasks = List.copyOf(tasks);
    }
}
