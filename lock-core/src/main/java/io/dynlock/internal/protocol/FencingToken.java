package io.dynlock.internal.protocol;

/**
 * Makes fencing tokens: the lock's version at its acquisition, and the number of times
 * that acquisition was handed on inside its process.
 */
public final class FencingToken {

	private static final int HAND_ON_BITS = 16;

	private FencingToken() {
	}

	/**
	 * A token.
	 * @param version the lock's version at its acquisition
	 * @param handOns how often it has been handed on since
	 */
	public static long of(long version, int handOns) {
		return version << HAND_ON_BITS | handOns;
	}

}
