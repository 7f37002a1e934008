package dev.jtask.benchmarks;

import java.util.List;

/// Bars for what each scenario is about; the longest fills the width.
record Chart(Report report) {

    private static final int WIDTH = 760;
    private static final int LABEL = 190;
    private static final int BAR = 430;
    private static final int LINE = 22;

    String svg() {
        var out = new StringBuilder();
        int y = 0;
        for (var scenario : report.scenarios().entrySet()) {
            var results = scenario.getValue().values().iterator().next();
            y += 2 * LINE;
            out.append("<text x=\"8\" y=\"%d\" font-weight=\"bold\">%s (%s)</text>%n"
                    .formatted(y, scenario.getKey(), results.measure().unit()));
            y = bars(results.rows(), y, out);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(WIDTH, y + LINE, out);
    }

    private static int bars(List<Results.Row> rows, int above, StringBuilder out) {
        double longest = rows.stream().mapToDouble(Results.Row::median).max().orElse(1);
        int y = above;
        for (var row : rows) {
            y += LINE;
            int length = (int) Math.max(1, row.median() / longest * BAR);
            out.append("<text x=\"8\" y=\"%d\">%s</text>".formatted(y, row.contestant()));
            out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"15\" fill=\"%s\"/>"
                    .formatted(LABEL, y - 12, length, row.contestant().startsWith("jtask") ? "#1f6feb" : "#9aa4af"));
            out.append(
                    "<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(LABEL + length + 6, y, Page.figure(row.median())));
        }
        return y;
    }
}
