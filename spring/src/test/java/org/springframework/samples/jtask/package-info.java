@NullMarked
package org.springframework.samples.jtask;

import org.jspecify.annotations.NullMarked;
