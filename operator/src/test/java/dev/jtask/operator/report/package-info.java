@NullMarked
package dev.jtask.operator.report;

import org.jspecify.annotations.NullMarked;
