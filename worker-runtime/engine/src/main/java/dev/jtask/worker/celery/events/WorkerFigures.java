package dev.jtask.worker.celery.events;

import java.util.List;

/// What a heartbeat says.
///
/// @param active tasks that run now
/// @param processed tasks since the start
/// @param loadAverage of the machine over 1, 5 and 15 minutes
public record WorkerFigures(int active, long processed, List<Double> loadAverage, String version) {}
