@NullMarked
package dev.jtask.oauth;

import org.jspecify.annotations.NullMarked;
