/// Logins with tokens of OAuth 2.
@Internal
@NullMarked
package dev.jtask.oauth;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
