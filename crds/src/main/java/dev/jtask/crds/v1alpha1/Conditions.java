package dev.jtask.crds.v1alpha1;

/// The types of the conditions in a pool's status.
public final class Conditions {

    /// The pool works as its spec asks.
    public static final String READY = "Ready";
    /// The management API answers.
    public static final String BROKER_REACHABLE = "BrokerReachable";
    /// Every queue of the pool exists.
    public static final String QUEUES_READY = "QueuesReady";
    /// The operator decides the number of pods from what it sees.
    public static final String SCALING_ACTIVE = "ScalingActive";
    /// The need is above maxReplicas or below minReplicas.
    public static final String SCALING_LIMITED = "ScalingLimited";

    private Conditions() {}
}
