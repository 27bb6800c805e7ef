package io.dynlock;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.dynlock.internal.protocol.LockKey;
import org.jspecify.annotations.Nullable;

/**
 * The locks under which each thread runs guarded code, so that it can enter them again.
 * Leases that were acquired without a scope do not count: they belong to whoever has the
 * object, which may be another thread by now.
 */
final class HeldScopes {

	/** One per template: a thread may hold the same key of two tables. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable Map<LockKey, TemplateLease>> scopes = new ThreadLocal<>();

	/**
	 * The lease of this thread on a lock, to be shared.
	 * @param key the lock
	 */
	Optional<GuardedLease> reenter(LockKey key) {
		Map<LockKey, TemplateLease> held = this.scopes.get();
		if (held == null) {
			return Optional.empty();
		}
		return Optional.ofNullable(held.get(key)).flatMap(TemplateLease::share);
	}

	/**
	 * Begins a scope.
	 * @param lease the lease that is held in it
	 * @return ends the scope
	 */
	Scope enter(GuardedLease lease) {
		if (!(lease instanceof TemplateLease outermost)) {
			return () -> {
			};
		}
		Map<LockKey, TemplateLease> held = this.scopes.get();
		if (held == null) {
			held = new HashMap<>();
			this.scopes.set(held);
		}
		held.put(outermost.lockKey(), outermost);
		return () -> leave(outermost);
	}

	/** Of a lease that was lost, another may have taken the place. */
	private void leave(TemplateLease lease) {
		Map<LockKey, TemplateLease> held = this.scopes.get();
		if (held != null && held.remove(lease.lockKey(), lease) && held.isEmpty()) {
			this.scopes.remove();
		}
	}

	/** Ends when it is closed. */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
