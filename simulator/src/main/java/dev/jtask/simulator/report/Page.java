package dev.jtask.simulator.report;

import java.util.ArrayList;
import java.util.List;

/// One HTML file that needs nothing else.
public final class Page {

    private static final String STYLE = """
            body{font:14px/1.5 system-ui,sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#222}
            pre{overflow-x:auto;background:#f6f6f4;padding:1em}svg{font-size:10px;fill:#666}section{margin:2em 0}
            .row{display:flex;flex-wrap:wrap;gap:1em}b{font-weight:600}
            """;

    private final List<String> parts = new ArrayList<>();

    public void text(String text) {
        parts.add("<pre>" + escaped(text) + "</pre>");
    }

    /// @param html already safe
    public void legend(String html) {
        parts.add("<p>" + html + "</p>");
    }

    public void section(String title, String says, List<String> charts) {
        parts.add("<section><h2>%s</h2><p>%s</p><div class='row'>%s</div></section>"
                .formatted(escaped(title), escaped(says), String.join("", charts)));
    }

    @Override
    public String toString() {
        return "<!doctype html><html lang='en'><meta charset='utf-8'><title>jtask simulate</title><style>%s</style><h1>make simulate</h1>%s</html>"
                .formatted(STYLE, String.join("\n", parts));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
