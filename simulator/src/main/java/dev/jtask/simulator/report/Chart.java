package dev.jtask.simulator.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A drawing in a page, as inline SVG.
public final class Chart {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 130;
    private static final int LEFT = 36;
    private static final int BOTTOM = 18;

    private Chart() {}

    /// @param color of a line or of dots
    public record Series(String name, String color, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    /// Lines over time.
    ///
    /// @param unit of the upright axis
    public static String lines(List<Series> series, String unit) {
        double right = most(series, true);
        double top = most(series, false);
        return frame(
                right,
                top,
                unit,
                series.stream()
                        .map(each -> "<polyline fill='none' stroke='%s' points='%s'/>"
                                .formatted(
                                        each.color(),
                                        each.points().stream()
                                                .map(point -> at(point.x() / right, point.y() / top))
                                                .collect(Collectors.joining(" "))))
                        .collect(Collectors.joining()));
    }

    /// Dots on logarithmic axes, for what spans orders of magnitude.
    public static String dots(List<Series> series, String unit) {
        var logs = series.stream()
                .map(each -> new Series(
                        each.name(),
                        each.color(),
                        each.points().stream()
                                .map(point -> new Point(Math.log1p(point.x()), Math.log1p(point.y())))
                                .toList()))
                .toList();
        double right = most(logs, true);
        double top = most(logs, false);
        return frame(
                Math.expm1(right),
                Math.expm1(top),
                unit,
                logs.stream()
                        .flatMap(each -> each.points().stream()
                                .map(point -> "<circle r='3' fill='%s' fill-opacity='.7' %s><title>%s</title></circle>"
                                        .formatted(
                                                each.color(), center(point.x() / right, point.y() / top), each.name())))
                        .collect(Collectors.joining()));
    }

    private static String frame(double right, double top, String unit, String inner) {
        return """
            <svg viewBox='0 0 %d %d' width='%d' height='%d'><path d='M%d 6V%dH%d' stroke='#999' fill='none'/>\
            <text x='2' y='12'>%s</text><text x='2' y='24'>%s</text><text x='%d' y='%d' text-anchor='end'>%s</text>%s</svg>
            """.formatted(
                        WIDTH,
                        HEIGHT,
                        WIDTH,
                        HEIGHT,
                        LEFT,
                        HEIGHT - BOTTOM,
                        WIDTH - 6,
                        number(top),
                        unit,
                        WIDTH - 6,
                        HEIGHT - 4,
                        number(right),
                        inner);
    }

    private static double most(List<Series> series, boolean horizontal) {
        return series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(point -> horizontal ? point.x() : point.y())
                .reduce(1e-9, Math::max);
    }

    private static String at(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", across(x), up(y));
    }

    private static String center(double x, double y) {
        return String.format(Locale.ROOT, "cx='%.1f' cy='%.1f'", across(x), up(y));
    }

    private static double across(double share) {
        return LEFT + share * (WIDTH - LEFT - 6);
    }

    private static double up(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 6);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2g", value);
    }
}
