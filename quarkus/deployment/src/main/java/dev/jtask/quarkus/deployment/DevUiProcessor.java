package dev.jtask.quarkus.deployment;

import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;
import java.util.List;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.MethodInfo;

/// A card of the Dev UI with the tasks that were found.
final class DevUiProcessor {

    private static final String ROWS = "tasks";

    /// A line of its table.
    record Row(String task, String method, String queue, String schedule) {

        static Row of(MethodInfo method) {
            var when = method.annotation(Names.SCHEDULE);
            return new Row(
                    TaskIndex.name(method),
                    TaskIndex.written(method),
                    text(method.annotation(Names.TASK), "queue"),
                    when == null ? "" : text(when, "cron") + text(when, "every"));
        }

        private static String text(AnnotationInstance annotation, String name) {
            var value = annotation.value(name);
            return value == null ? "" : value.asString();
        }
    }

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    CardPageBuildItem card(TaskBeansBuildItem tasks) {
        var rows = rows(tasks.beans());
        var card = new CardPageBuildItem();
        card.addBuildTimeData(ROWS, rows);
        card.addPage(Page.tableDataPageBuilder("Tasks")
                .icon("font-awesome-solid:list-check")
                .staticLabel(String.valueOf(rows.size()))
                .showColumn("task")
                .showColumn("method")
                .showColumn("queue")
                .showColumn("schedule")
                .buildTimeDataKey(ROWS));
        return card;
    }

    static List<Row> rows(List<TaskBean> beans) {
        return beans.stream()
                .flatMap(bean -> bean.tasks().stream())
                .map(Row::of)
                .toList();
    }
}
