/// Who decides the number of pods: the production autoscaler and those that it is measured against.
@NullMarked
package dev.jtask.simulator.scaler;

import org.jspecify.annotations.NullMarked;
