package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.PackageVersion;

/// The JSON library that an application brings: one that is too old is told at the start, not at the first message.
public final class JacksonVersion {

    /// The first that bounds the values of a document.
    private static final Version LOWEST = new Version(2, 18, 0, null, null, null);

    private JacksonVersion() {}

    /// @throws IllegalStateException naming the version that is there and the one that is needed
    public static void require() {
        require(PackageVersion.VERSION);
    }

    static void require(Version found) {
        if (found.compareTo(LOWEST) < 0) {
            throw new IllegalStateException(
                    "jtask needs Jackson %d.%d or newer, and the class path has jackson-core %s; raise its version, in Spring Boot by the property jackson-bom.version"
                            .formatted(LOWEST.getMajorVersion(), LOWEST.getMinorVersion(), found));
        }
    }
}
