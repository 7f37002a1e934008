@NullMarked
package dev.jtask.spring;

import org.jspecify.annotations.NullMarked;
