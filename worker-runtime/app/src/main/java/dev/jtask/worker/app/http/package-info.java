/// Health and metrics over HTTP, by one thread that waits for nobody.
@NullMarked
package dev.jtask.worker.app.http;

import org.jspecify.annotations.NullMarked;
