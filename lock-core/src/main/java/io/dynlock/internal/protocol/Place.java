package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One caller's place in the line of its process for a lock. Thread-safe.
 */
public final class Place {

	private final LockKey key;

	private final Terms terms;

	private final CompletableFuture<Call> call = new CompletableFuture<>();

	private volatile Supplier<Optional<LockRecord>> holder = Optional::empty;

	Place(LockKey key, Terms terms) {
		this.key = key;
		this.terms = terms;
	}

	LockKey key() {
		return this.key;
	}

	Terms terms() {
		return this.terms;
	}

	/** Completes when this place is called. */
	CompletableFuture<Call> call() {
		return this.call;
	}

	/** Who holds the lock, as far as the caller at this place knows. */
	Optional<LockRecord> holder() {
		return this.holder.get();
	}

	void holderIsKnownBy(Supplier<Optional<LockRecord>> holder) {
		this.holder = holder;
	}

}
