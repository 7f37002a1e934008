/// kombu's JSON: typed values, dates, and text as Python writes it.
@NullMarked
package dev.jtask.protocol.json;

import org.jspecify.annotations.NullMarked;
