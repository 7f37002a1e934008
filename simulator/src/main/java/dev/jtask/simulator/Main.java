package dev.jtask.simulator;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.load.Synthetic;
import dev.jtask.simulator.load.Traces;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `make simulate`: the built-in loads and those of TRACES, or the one history of RECORD, under everybody.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        try {
            simulate(Options.of(System.getenv()), System.out);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("simulate: " + e.getMessage());
            System.exit(1);
        }
    }

    /// @param out where the tables go
    static void simulate(Options options, PrintStream out) throws IOException {
        var contests = loads(options).parallelStream()
                .map(load -> Contest.of(load, options.policy(), options.seed()))
                .toList();
        var summary = new Summary(contests);
        var tables = String.join(
                System.lineSeparator(),
                summary.loads().toString(),
                "",
                summary.verdict().toString());
        out.println(tables);
        Files.createDirectories(options.page().toAbsolutePath().getParent());
        Files.writeString(options.page(), Drawing.of(contests, tables).toString());
        out.println(System.lineSeparator() + "with charts: " + options.page().toAbsolutePath());
    }

    static List<Load> loads(Options options) throws IOException {
        var record = options.record();
        if (record != null) {
            return List.of(Traces.recorded(record, options.meanSeconds(), options.shape(), options.seed()));
        }
        var loads = new ArrayList<>(Synthetic.all(options.seed()));
        var traces = options.traces();
        if (traces != null) {
            loads.addAll(Traces.of(traces, options.seed()));
        }
        return loads.stream()
                .filter(load -> load.name().matches(options.only()))
                .toList();
    }
}
