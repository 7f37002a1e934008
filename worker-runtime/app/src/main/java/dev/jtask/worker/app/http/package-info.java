/// Health and metrics over HTTP.
@NullMarked
package dev.jtask.worker.app.http;

import org.jspecify.annotations.NullMarked;
