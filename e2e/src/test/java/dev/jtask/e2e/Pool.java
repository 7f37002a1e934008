package dev.jtask.e2e;

/// A pool of workers that run [SlowWork], quick to grow and to shrink.
///
/// @param name also its queue's
/// @param declare how its queue is created
/// @param scaling what its section says
/// @param deletion what becomes of its queue
record Pool(String name, String image, String secret, String declare, String scaling, String deletion) {

    static final String WORKER = "jtask-worker:latest";
    /// The same worker under another name.
    static final String ROLLED = "jtask-quickstart:0.1.0";

    static Pool named(String name) {
        var scaling = "maxReplicas: 2, objective: {drainTime: 20s}, scaleDown: {stabilization: 5s}";
        return new Pool(name, WORKER, "rabbitmq", "type: quorum", scaling, "Retain");
    }

    Pool image(String other) {
        return new Pool(name, other, secret, declare, scaling, deletion);
    }

    Pool secret(String other) {
        return new Pool(name, image, other, declare, scaling, deletion);
    }

    Pool classic() {
        return new Pool(name, image, secret, "type: classic", scaling, deletion);
    }

    Pool scaling(String other) {
        return new Pool(name, image, secret, declare, other, deletion);
    }

    /// Its queue goes with it.
    Pool deleted() {
        return new Pool(name, image, secret, declare, scaling, "Delete");
    }

    /// For `kubectl apply`.
    String yaml() {
        return """
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: %1$s}
            spec:
              image: %2$s
              broker: {secretRef: {name: %3$s}}
              queues: [{name: %1$s, declare: {%4$s}, deletionPolicy: %6$s}]
              concurrency: 4
              drainTimeout: 20s
              scaling: {%5$s}
              template:
                spec:
                  containers:
                  - name: worker
                    imagePullPolicy: IfNotPresent
                    volumeMounts: [{name: tasks, mountPath: /opt/jtask/tasks}]
                  volumes: [{name: tasks, configMap: {name: tasks}}]
            """.formatted(name, image, secret, declare, scaling, deletion);
    }
}
