/// Health and metrics over HTTP.
@NullMarked
package dev.jtask.worker.http;

import org.jspecify.annotations.NullMarked;
