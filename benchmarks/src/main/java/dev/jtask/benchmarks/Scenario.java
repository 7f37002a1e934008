package dev.jtask.benchmarks;

import java.io.IOException;
import java.util.List;

/// One question, put to each contestant in turn, so that what else the machine does hits everyone.
///
/// It counts what came out before it reports a figure: a contestant that loses a task, or runs one twice, ends the
/// benchmark with an error.
interface Scenario {

    /// The heading of its tables.
    String title();

    List<Contestant> contestants();

    /// @throws IllegalStateException when the contestant did not do what it was asked; it names the log
    void measure(Contestant contestant, Report report) throws IOException, InterruptedException;
}
