package dev.jtask.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The operator's configuration, in groups that share one prefix; each key is also an environment variable,
/// `jtask.operator.tick` being `JTASK_OPERATOR_TICK`. The namespaces to watch are `JTASK_OPERATOR_NAMESPACES`,
/// comma-separated, all when absent.
@ConfigMapping(prefix = "jtask.operator")
public interface OperatorConfig {

    @WithParentName
    Waits waits();

    @WithParentName
    Pods pods();

    @WithParentName
    Trust trust();

    LeaderElection leaderElection();

    /// How long to wait for what.
    interface Waits {

        /// How often to look at each broker. The broker's own figures are about 5 s old unless it is told otherwise.
        @WithDefault("5s")
        Duration tick();

        /// How long connecting to a management API and each of its answers may take.
        @WithDefault("4s")
        Duration brokerTimeout();

        /// How long a broker's Secret is used before it is read again.
        @WithDefault("30s")
        Duration secretRefresh();

        /// How long a pool that is deleted waits for a broker that does not answer before its queues are left alone.
        @WithDefault("30s")
        Duration deletionPatience();
    }

    /// The pods of all pools.
    interface Pods {

        /// How many there may be together, shared by `spec.scaling.priority`; 0 for no limit.
        @WithDefault("0")
        int budgetPods();

        /// The port of the metrics of workers whose pods name none.
        @WithDefault("9000")
        int workerPort();
    }

    /// Whom the operator believes.
    interface Trust {

        /// PEM file with the authorities of workers that show their metrics over TLS.
        Optional<Path> workerCa();

        /// The hosts that Secrets may name, with `*.example.com` for all below one; all when absent.
        Optional<List<String>> brokerHosts();
    }

    /// Which one of several operators works.
    interface LeaderElection {

        /// Whether to take part; without it only one operator may run.
        @WithDefault("false")
        boolean enabled();

        /// The name of the Lease.
        @WithDefault("jtask-operator")
        String leaseName();

        /// The Lease's namespace, by default the operator's own.
        Optional<String> leaseNamespace();
    }
}
