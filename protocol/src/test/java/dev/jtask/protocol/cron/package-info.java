@NullMarked
package dev.jtask.protocol.cron;

import org.jspecify.annotations.NullMarked;
