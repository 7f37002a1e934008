package dev.jtask.worker.execution;

import dev.jtask.protocol.result.ResultMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Results that other workers have stored.
public interface StoredResults {

    /// Those that are there, by task id.
    CompletableFuture<Map<String, ResultMessage>> read(List<String> ids);
}
