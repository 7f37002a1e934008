/// What the worker's heart talks to, made by hand: no broker, no threads of their own, no clock that moves by itself.
@NullMarked
package dev.jtask.worker.fakes;

import org.jspecify.annotations.NullMarked;
