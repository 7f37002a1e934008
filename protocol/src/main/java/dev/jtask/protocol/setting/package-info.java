/// What whoever runs a program writes down for it, and mistypes.
@Internal
@NullMarked
package dev.jtask.protocol.setting;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
