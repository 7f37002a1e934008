package dev.jtask.oauth;

import java.io.IOException;

/// Gives tokens.
@FunctionalInterface
interface TokenSource {

    /// @throws IOException saying why there is none, and what to correct
    Token ask() throws IOException;
}
