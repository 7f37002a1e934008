@org.jspecify.annotations.NullMarked
package dev.jtask.client.schedule;
