package dev.jtask.spring;

import java.util.List;

/// A worker that runs, as the application sees it.
interface EmbeddedWorker {

    /// Why it cannot run tasks at the moment; empty when it can.
    List<String> troubles();

    /// Drains, and returns when that is done; a second call has it hurry.
    void stop();
}
