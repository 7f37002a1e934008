/// The five-minute guides, followed to the letter.
@NullMarked
package dev.jtask.examples.guides;

import org.jspecify.annotations.NullMarked;
