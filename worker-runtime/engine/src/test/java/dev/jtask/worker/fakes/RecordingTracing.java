package dev.jtask.worker.fakes;

import dev.jtask.broker.tracing.RunEnd;
import dev.jtask.broker.tracing.RunTrace;
import dev.jtask.broker.tracing.SendTrace;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what it is told of runs, or breaks.
public final class RecordingTracing implements TaskTracing {

    /// When it throws.
    public enum Breaks {
        NEVER,
        AT_THE_START,
        AT_THE_OPENING,
        AT_THE_CLOSING,
        AT_THE_END,
        AT_THE_SETTLEMENT
    }

    private final Breaks when;
    private final List<String> told = new CopyOnWriteArrayList<>();

    public RecordingTracing(Breaks when) {
        this.when = when;
    }

    public List<String> told() {
        return told;
    }

    @Override
    public SendTrace send(Routed task) {
        return new SendTrace.Untold(task);
    }

    @Override
    public RunTrace run(TaskMessage task, String queue) {
        tell(task.id() + " begins", Breaks.AT_THE_START);
        return new Run(task);
    }

    @Override
    public void settled(String taskId) {
        tell(taskId + " settled", Breaks.AT_THE_SETTLEMENT);
    }

    private void tell(String what, Breaks now) {
        told.add(what);
        if (now == when) {
            throw new IllegalStateException("tracing that breaks");
        }
    }

    private final class Run implements RunTrace {

        private final TaskMessage message;

        private Run(TaskMessage message) {
            this.message = message;
        }

        @Override
        public TaskMessage message() {
            return message;
        }

        @Override
        public Map<String, String> logged() {
            return Map.of();
        }

        @Override
        public Scope open() {
            tell(message.id() + " opens", Breaks.AT_THE_OPENING);
            return () -> tell(message.id() + " closes", Breaks.AT_THE_CLOSING);
        }

        @Override
        public void end(RunEnd end) {
            tell(message.id() + " " + end.outcome(), Breaks.AT_THE_END);
        }
    }
}
