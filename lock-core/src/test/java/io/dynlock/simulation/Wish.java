package io.dynlock.simulation;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.internal.protocol.Holding;
import io.dynlock.internal.protocol.Terms;

/**
 * What a call of acquire asks for. Starts as a single attempt for a renewed lease of nine
 * seconds.
 *
 * @param lease how long the lease lasts without renewal
 * @param holding how long the lock is held
 * @param waitNanos how long to wait, in nanoseconds
 * @param maxRetries how many attempts may follow the first
 * @param sleep the first pause
 * @param maxSleep the longest pause
 */
public record Wish(Duration lease, Holding holding, long waitNanos, int maxRetries, Duration sleep, Duration maxSleep) {

	/** A single attempt. */
	public static Wish aTry() {
		return new Wish(Duration.ofSeconds(9), Holding.RENEWED, 0, Terms.UNLIMITED, Duration.ofMillis(100),
				Duration.ofSeconds(2));
	}

	/** Waits without limit. */
	public static Wish patient() {
		return aTry().waitingForever();
	}

	/** The same for a lease of another length. */
	public Wish lease(Duration lease) {
		return new Wish(lease, this.holding, this.waitNanos, this.maxRetries, this.sleep, this.maxSleep);
	}

	/** The same for another way to hold the lock. */
	public Wish holding(Holding holding) {
		return new Wish(this.lease, holding, this.waitNanos, this.maxRetries, this.sleep, this.maxSleep);
	}

	/** The same with a limit of time. */
	public Wish waiting(Duration wait) {
		return new Wish(this.lease, this.holding, wait.toNanos(), this.maxRetries, this.sleep, this.maxSleep);
	}

	/** The same without limit of time. */
	public Wish waitingForever() {
		return new Wish(this.lease, this.holding, Terms.FOREVER, this.maxRetries, this.sleep, this.maxSleep);
	}

	/** The same with a limit of number. */
	public Wish retries(int maxRetries) {
		return new Wish(this.lease, this.holding, this.waitNanos, maxRetries, this.sleep, this.maxSleep);
	}

	/** The same with other pauses. */
	public Wish pauses(Duration sleep, Duration maxSleep) {
		return new Wish(this.lease, this.holding, this.waitNanos, this.maxRetries, sleep, maxSleep);
	}

	/**
	 * The terms.
	 * @param owner who asks
	 */
	public Terms terms(String owner) {
		return new Terms(owner, this.holding, this.lease.toMillis(), Optional.empty(), this.waitNanos, this.maxRetries,
				this.sleep.toNanos(), this.maxSleep.toNanos());
	}

}
