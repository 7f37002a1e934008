package dev.jtask.local.demo;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.system.LocalSystem;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pools from files.
final class Pools {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Pools() {}

    /// Applies a pool's file after creating the Secret that it names.
    static TaskWorkerPool apply(LocalSystem system, Path file) {
        try {
            var pool = YAML.unmarshal(Files.readString(file), TaskWorkerPool.class);
            system.createSecret(pool.getSpec().broker().secretRef().name());
            system.apply(file);
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
