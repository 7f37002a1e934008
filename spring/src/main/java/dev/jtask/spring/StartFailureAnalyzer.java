package dev.jtask.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Prints a [JtaskStartException] as Spring Boot prints what keeps an application from starting.
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<JtaskStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, JtaskStartException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
