package io.dynlock.internal.protocol;

/**
 * How long an acquired lock is held when nobody releases it.
 */
public enum Holding {

	/** As long as the process lives: renewed in the background. */
	RENEWED,

	/** For one lease, unless renewed by hand. */
	FIXED,

	/** Until somebody releases it. */
	PERMANENT

}
