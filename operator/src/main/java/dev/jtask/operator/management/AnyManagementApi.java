package dev.jtask.operator.management;

import dev.jtask.autoscaler.QueueSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Several servers of one broker, of which any will do: the one that answered last is asked first, and each other one
/// before a call has failed.
final class AnyManagementApi implements ManagementApi {

    private final List<? extends ManagementApi> servers;
    private volatile int first;

    /// @param servers at least one; shown by their [Object#toString()]
    AnyManagementApi(List<? extends ManagementApi> servers) {
        this.servers = List.copyOf(servers);
        this.first = ThreadLocalRandom.current().nextInt(servers.size());
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return any(server -> server.read(names));
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        any(server -> {
            server.declare(declaration);
            return declaration;
        });
    }

    @Override
    public void bind(String queue) {
        any(server -> {
            server.bind(queue);
            return queue;
        });
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        return any(server -> server.deleteIfUnused(queue));
    }

    private <T> T any(Function<ManagementApi, T> call) {
        var failures = new ArrayList<ManagementException>();
        int start = first;
        for (int i = 0; i < servers.size(); i++) {
            int turn = (start + i) % servers.size();
            var server = servers.get(turn);
            try {
                var answer = call.apply(server);
                first = turn;
                return answer;
            } catch (ManagementException e) {
                if (e.fault() == ManagementException.Fault.REFUSED) {
                    // an answer of the broker's: the others would say the same
                    throw e;
                }
                failures.add(e);
            } catch (RuntimeException | Error e) {
                // one that is not the management API must not stand before those that are
                failures.add(ManagementException.unreachable(server.toString(), e));
            }
        }
        throw all(failures);
    }

    /// Told by the one that got furthest: who was reached knows more than who was not.
    private static ManagementException all(List<ManagementException> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        var telling = failures.stream()
                .filter(failure -> failure.fault() != ManagementException.Fault.UNREACHABLE)
                .findFirst()
                .orElse(failures.getFirst());
        return new ManagementException(
                telling.fault(),
                failures.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("; ")),
                telling);
    }
}
