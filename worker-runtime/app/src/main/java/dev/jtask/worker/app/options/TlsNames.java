package dev.jtask.worker.app.options;

import dev.jtask.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/// The variables that name PEM files for one purpose.
///
/// @param ca null where authorities are not asked for
record TlsNames(@Nullable String ca, String certificate, String key) {

    /// @throws IllegalArgumentException naming the variable whose value is wrong
    TlsFiles read(Variables variables) {
        var authorities = ca == null ? null : variables.file(ca);
        var ours = variables.file(certificate);
        var its = variables.file(key);
        if ((ours == null) != (its == null)) {
            throw new IllegalArgumentException("%s and %s: a certificate and its key go together; set both or neither"
                    .formatted(certificate, key));
        }
        var files = new TlsFiles(authorities, ours, its);
        return ca == null ? files : files.with(new TlsFiles.Options(ca, certificate));
    }
}
