/// kombu's JSON: typed values, dates, and text as Python writes it.
@Internal
@NullMarked
package dev.jtask.protocol.json;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
