package io.dynlock.aop;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.dynlock.Lease;
import io.dynlock.LockException;
import io.dynlock.LockLostException;
import io.dynlock.LossPolicy;
import io.dynlock.MultiLease;
import io.dynlock.annotation.LockContext;
import org.jspecify.annotations.Nullable;

/**
 * What a call of an annotated method holds: one lease, or several.
 */
sealed interface Held {

	/** What is held, of what users see. */
	static Held of(AutoCloseable lease) {
		return (lease instanceof MultiLease several) ? new Several(several) : new One((Lease) lease);
	}

	/** What users see: a {@link Lease} or a {@link MultiLease}. */
	AutoCloseable lease();

	/** Has the callback called when something of it is lost. */
	void onLost(Runnable callback);

	/** Releases it; throws nothing. */
	void close();

	/** Runs code with it as the current one. */
	<T> T call(Callable<T> code) throws Exception;

	/**
	 * Runs code as part of holding it, for logs and traces, as {@code execute} of the
	 * locks does by itself.
	 */
	<T> T within(Callable<T> code) throws Exception;

	/** Releases it, and says whether a loss is to be told. */
	default @Nullable LockLostException end(LossPolicy onLoss) {
		try {
			return (onLoss == LossPolicy.LOG) ? null : loss();
		}
		finally {
			close();
		}
	}

	/**
	 * The exception for a loss, if there was one. What was given back is not lost: the
	 * code may release early.
	 */
	@Nullable LockLostException loss();

	private static @Nullable LockLostException lossOf(Lease lease) {
		try {
			lease.ensureValid();
			return null;
		}
		catch (LockLostException ex) {
			return ex;
		}
		catch (LockException wasGivenBack) {
			return null;
		}
	}

	/** One lease. */
	record One(Lease lease) implements Held {

		@Override
		public @Nullable LockLostException loss() {
			return Held.lossOf(this.lease);
		}

		@Override
		public void onLost(Runnable callback) {
			this.lease.onLost((reason) -> callback.run());
		}

		@Override
		public void close() {
			this.lease.close();
		}

		@Override
		public <T> T call(Callable<T> code) throws Exception {
			return LockContext.callWith(this.lease, code);
		}

		@Override
		public <T> T within(Callable<T> code) throws Exception {
			return this.lease.<T, Exception>within((held) -> code.call());
		}

	}

	/** Several leases. */
	record Several(MultiLease lease) implements Held {

		/** Each by itself: of those that were not given back, one may be lost. */
		@Override
		public @Nullable LockLostException loss() {
			return this.lease.leases().stream().map(Held::lossOf).filter(Objects::nonNull).findFirst().orElse(null);
		}

		@Override
		public void onLost(Runnable callback) {
			this.lease.onLost((lost, reason) -> callback.run());
		}

		@Override
		public void close() {
			this.lease.close();
		}

		@Override
		public <T> T call(Callable<T> code) throws Exception {
			return LockContext.callWith(this.lease, code);
		}

		@Override
		public <T> T within(Callable<T> code) throws Exception {
			return this.lease.<T, Exception>within((held) -> code.call());
		}

	}

}
