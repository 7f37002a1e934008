package dev.jtask.simulator;

import dev.jtask.simulator.report.Chart;
import dev.jtask.simulator.report.Chart.Point;
import dev.jtask.simulator.report.Chart.Series;
import dev.jtask.simulator.report.Page;
import dev.jtask.simulator.world.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The contests as a page.
final class Drawing {

    private static final String OURS = "#0a6";
    private static final String KEDA = "#d62";
    private static final String DEFAULTS = "#a3c";
    private static final String ORACLE = "#888";

    private Drawing() {}

    static Page of(List<Contest> contests, String tables) {
        var page = new Page();
        page.text(tables);
        page.legend(("<b style='color:%s'>jtask</b>, <b style='color:%s'>KEDA</b>, each dot a setting, "
                        + "<b style='color:%s'>KEDA's defaults</b>, <b style='color:%s'>oracle</b>. Left: pods and waiting messages over "
                        + "seconds. Right: 99th percentile of the wait in seconds over pod-hours, both logarithmic; nearer to the corner is better.")
                .formatted(OURS, KEDA, DEFAULTS, ORACLE));
        contests.forEach(each -> page.section(each.load().name(), each.sentence(), charts(each)));
        return page;
    }

    private static List<String> charts(Contest contest) {
        var defaults = contest.defaults().run();
        var dots = new ArrayList<Series>();
        contest.keda().forEach(each -> dots.add(dot(each.name(), KEDA, each.run())));
        dots.add(dot(contest.defaults().name(), DEFAULTS, defaults));
        dots.add(dot("oracle", ORACLE, contest.oracle().run()));
        dots.add(dot("jtask", OURS, contest.ours()));
        return List.of(
                Chart.lines(over(contest.ours(), defaults, Run.Point::pods), "pods"),
                Chart.dots(dots, "p99 s"),
                Chart.lines(over(contest.ours(), defaults, Run.Point::waiting), "waiting"));
    }

    private static List<Series> over(Run ours, Run defaults, ToDoubleFunction<Run.Point> figure) {
        return List.of(line("KEDA's defaults", DEFAULTS, defaults, figure), line("jtask", OURS, ours, figure));
    }

    private static Series line(String name, String color, Run run, ToDoubleFunction<Run.Point> figure) {
        int step = Math.max(1, run.line().size() / 400);
        var points = new ArrayList<Point>();
        for (int i = 0; i < run.line().size(); i += step) {
            var most = run.line().subList(i, Math.min(run.line().size(), i + step)).stream()
                    .mapToDouble(figure)
                    .max()
                    .orElse(0);
            points.add(new Point(run.line().get(i).at(), most));
        }
        return new Series(name, color, points);
    }

    private static Series dot(String name, String color, Run run) {
        return new Series(name, color, List.of(new Point(run.podHours(), run.p99())));
    }
}
