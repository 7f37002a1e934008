/// What an AOT cache is trained with: a worker that is its own sender.
@NullMarked
package dev.jtask.worker.rehearsal;

import org.jspecify.annotations.NullMarked;
