/// Options as environment variables: the contract between operator and worker.
@NullMarked
package dev.jtask.worker.app.options;

import org.jspecify.annotations.NullMarked;
