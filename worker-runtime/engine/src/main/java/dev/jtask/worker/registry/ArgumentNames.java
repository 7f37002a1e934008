package dev.jtask.worker.registry;

import java.util.List;
import java.util.Objects;

/// What the arguments of a task that are given by position are called.
///
/// @param names in their order, empty texts where none is known
/// @param rest whether the last one takes all that are left
record ArgumentNames(List<String> names, boolean rest) {

    static ArgumentNames of(Parameters parameters) {
        var arguments =
                parameters.all().stream().filter(TaskParameter::isArgument).toList();
        return new ArgumentNames(
                arguments.stream()
                        .map(each -> Objects.requireNonNullElse(each.name(), ""))
                        .toList(),
                !arguments.isEmpty() && arguments.getLast().kind() == ParameterKind.REST);
    }

    /// @param place from 0
    /// @return an empty text where no name is known
    String at(int place) {
        if (place < names.size()) {
            return names.get(place);
        }
        return rest ? names.getLast() : "";
    }
}
