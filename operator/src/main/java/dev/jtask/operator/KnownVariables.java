package dev.jtask.operator;

import dev.jtask.protocol.setting.KnownNames;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every `JTASK_OPERATOR_*` variable; one that is set and not among them is told of when the operator starts.
@Singleton
public final class KnownVariables {

    static final KnownNames NAMES = new KnownNames(
            "JTASK_OPERATOR_",
            List.of(
                    "JTASK_OPERATOR_NAMESPACES",
                    "JTASK_OPERATOR_TICK",
                    "JTASK_OPERATOR_BUDGET_PODS",
                    "JTASK_OPERATOR_BROKER_TIMEOUT",
                    "JTASK_OPERATOR_SECRET_REFRESH",
                    "JTASK_OPERATOR_DELETION_PATIENCE",
                    "JTASK_OPERATOR_WORKER_PORT",
                    "JTASK_OPERATOR_WORKER_CA",
                    "JTASK_OPERATOR_BROKER_HOSTS",
                    "JTASK_OPERATOR_LEADER_ELECTION_ENABLED",
                    "JTASK_OPERATOR_LEADER_ELECTION_LEASE_NAME",
                    "JTASK_OPERATOR_LEADER_ELECTION_LEASE_NAMESPACE",
                    "JTASK_OPERATOR_LOG_JSON"));

    private static final Logger LOG = LoggerFactory.getLogger(KnownVariables.class);

    void start(@Observes StartupEvent event) {
        NAMES.warnings(System.getenv()).forEach(LOG::warn);
    }
}
