/// Pure scaling decisions: samples in, replicas and the reason out; JDK only.
@NullMarked
package dev.jtask.autoscaler;

import org.jspecify.annotations.NullMarked;
