/**
 * What the start-up says when locks cannot be configured.
 */
@NullMarked
package io.dynlock.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
