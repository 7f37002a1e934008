package dev.jtask.task.request;

import java.lang.reflect.Type;

/// What a work flow is made of: a task, or a flow of several. Values; [dev.jtask.client.TaskClient] sends them.
///
/// @param <T> its result
public sealed interface Step<T> permits TaskRequest, Chain, Group, Chord {

    /// What its result is converted to.
    Type resultType();
}
