package io.dynlock.simulation.schedule;

import java.util.Optional;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.Request;

/**
 * A guarantee, checked while a schedule runs. Is told what happens in the order in which
 * it truly happens, and throws a {@link Violation} when it must not.
 */
interface Invariant {

	/**
	 * After every step of the world.
	 * @param journal what is known
	 */
	default void stepped(Journal journal) {
	}

	/**
	 * A caller is told that it has a lock.
	 * @param claim its time with it
	 * @param journal what is known, without the claim
	 */
	default void granted(Claim claim, Journal journal) {
	}

	/**
	 * A caller is told that it has lost a lock.
	 * @param claim its time with it
	 * @param loss why
	 * @param journal what is known
	 */
	default void told(Claim claim, Loss loss, Journal journal) {
	}

	/**
	 * A request was carried out.
	 * @param request the request
	 * @param before what stood in the table
	 * @param answer what its sender will be told
	 */
	default void answered(Request request, Optional<LockRecord> before, Answer answer) {
	}

	/**
	 * A request has changed the table.
	 * @param request the request
	 * @param before what stood there
	 * @param after what stands there now
	 */
	default void changed(Request request, Optional<LockRecord> before, Optional<LockRecord> after) {
	}

	/**
	 * Somebody deleted the table.
	 */
	default void dropped() {
	}

}
