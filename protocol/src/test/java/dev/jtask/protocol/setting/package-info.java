@NullMarked
package dev.jtask.protocol.setting;

import org.jspecify.annotations.NullMarked;
