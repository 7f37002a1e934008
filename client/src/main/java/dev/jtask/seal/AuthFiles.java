package dev.jtask.seal;

import java.nio.file.Path;

/// What Celery's `auth` serializer has: PEM files, as `security_key`, `security_certificate` and
/// `security_cert_store` name them.
///
/// @param key its private key, RSA
/// @param certificate of this process
/// @param store a folder with the certificates of all who are believed
public record AuthFiles(Path key, Path certificate, Path store) {}
