package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * What the protocol asks of the table. Every write carries the condition under which it
 * may take effect, so that it can be repeated and may arrive late without harm.
 */
public sealed interface Request {

	/** The lock that is asked about. */
	LockKey key();

	/**
	 * Takes the lock, if it is free, or held by this very {@code leaseId}, or still as it
	 * was when its lease was seen to run out. Raises the version in every case.
	 *
	 * @param key the lock
	 * @param leaseId the acquisition
	 * @param owner who, for people
	 * @param leaseMillis how long the lease lasts without renewal
	 * @param note the caller's own text, if any
	 * @param runOut the lease that was watched until it ran out, if any
	 */
	record Acquire(LockKey key, String leaseId, String owner, long leaseMillis, Optional<String> note,
			Optional<Sighting> runOut) implements Request {

	}

	/**
	 * Turns a lease into a permanent lock, if {@code leaseId} or {@code permanentId}
	 * holds it. The lock changes its id with this step: a copy of {@link Acquire} that
	 * arrives late would otherwise find its own id and give the lock a lease again.
	 *
	 * @param key the lock
	 * @param leaseId the acquisition that holds the lease
	 * @param permanentId the id under which the lock is held from then on
	 */
	record MakePermanent(LockKey key, String leaseId, String permanentId) implements Request {

	}

	/**
	 * Raises the version, if {@code leaseId} holds the lock, so that whoever watches it
	 * starts anew.
	 *
	 * @param key the lock
	 * @param leaseId the acquisition
	 * @param leaseMillis how long its lease lasts; an answer is of no use after that
	 */
	record Renew(LockKey key, String leaseId, long leaseMillis) implements Request {

	}

	/**
	 * Frees the lock, if {@code leaseId} holds it.
	 *
	 * @param key the lock
	 * @param leaseId the acquisition
	 */
	record Release(LockKey key, String leaseId) implements Request {

	}

	/**
	 * Removes the lock of the Go package, if there still is one.
	 *
	 * @param key the lock
	 */
	record ReleaseForeign(LockKey key) implements Request {

	}

	/**
	 * Looks at the lock.
	 *
	 * @param key the lock
	 * @param consistent whether the answer must include every write that was confirmed
	 * before; costs twice as much
	 */
	record Read(LockKey key, boolean consistent) implements Request {

	}

	/**
	 * Sees to it that the table can be used, as far as the settings allow: creates it,
	 * waits for it, verifies it.
	 *
	 * @param key the lock on whose behalf this is done
	 */
	record Prepare(LockKey key) implements Request {

	}

}
