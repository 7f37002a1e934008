package dev.jtask.quarkus.deployment;

import io.quarkus.builder.item.SimpleBuildItem;
import java.util.List;

/// All beans of the application whose classes have tasks.
public final class TaskBeansBuildItem extends SimpleBuildItem {

    private final List<TaskBean> beans;

    TaskBeansBuildItem(List<TaskBean> beans) {
        this.beans = List.copyOf(beans);
    }

    List<TaskBean> beans() {
        return beans;
    }
}
