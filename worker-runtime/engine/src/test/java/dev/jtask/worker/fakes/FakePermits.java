package dev.jtask.worker.fakes;

import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.run.Permits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Gives permits as the test wishes, at first all, and keeps what was asked.
public final class FakePermits implements Permits {

    /// What was asked, and what ended: `run t.x null 2`, `start t.x a 10 PT1M`, `ended t.x null`.
    public final List<String> asked = new ArrayList<>();

    private Answer run = new Answer.Granted(Permit.NONE);
    private Answer start = new Answer.Granted(Permit.NONE);

    /// From now on.
    public void answer(Answer toRuns, Answer toStarts) {
        run = toRuns;
        start = toStarts;
    }

    @Override
    public Answer run(LimitScope of, int most) {
        asked.add("run %s %s %d".formatted(of.task(), of.key(), most));
        return run instanceof Answer.Granted
                ? new Answer.Granted(() -> asked.add("ended %s %s".formatted(of.task(), of.key())))
                : run;
    }

    @Override
    public Answer start(LimitScope of, int most, Duration period) {
        asked.add("start %s %s %d %s".formatted(of.task(), of.key(), most, period));
        return start;
    }
}
