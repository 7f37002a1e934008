package dev.jtask.worker.steps;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.util.ArrayList;
import java.util.List;

/// The rest of the pipeline behind the step that is tested: keeps what reaches it.
final class Around implements Interceptor.Next {

    /// That the step let the job pass.
    static final Outcome RUN = new Outcome.Done(TextNode.valueOf("run"));

    final List<Job> passed = new ArrayList<>();
    private Outcome outcome = RUN;

    /// From now on what is behind the step ends so.
    Around ending(Outcome other) {
        outcome = other;
        return this;
    }

    @Override
    public Outcome proceed(Job job) {
        passed.add(job);
        return outcome;
    }
}
