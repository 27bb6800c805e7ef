package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Several locks taken as one, all or none: of one table, or of several, as for a resource
 * that has to be locked in every region where it is used.
 * <p>
 * The locks are taken one after the other in an order that is the same everywhere: by
 * {@link DistributedLockOperations#tableId()}, then by key. Two processes that want the
 * same locks therefore never wait for each other in a circle, whatever order they name
 * them in. That holds among multi-locks: code that already has a lock and then takes a
 * multi-lock, or the other way round, makes an order of its own. When one lock is not to
 * be had, those already taken are released, the last first, and nothing is left held. A
 * lock that was named twice is taken once.
 * <p>
 * There is one time to wait over all locks, that of the {@link LockOptions#waitTimeout()
 * options}; {@link LockOptions#maxRetries()} counts for each lock. Without options, each
 * lock is held as the options of its own client say, and the shortest of their wait
 * timeouts is that for all. While later locks are waited for, the leases of earlier ones
 * are renewed; if one of them is lost meanwhile, nothing is granted and
 * {@link LockLostException} names it.
 * <p>
 * Everything else is as {@link DistributedLockOperations} has it, and so are the
 * exceptions: guarded code enters locks again at no cost that it holds in the same
 * thread. Immutable and thread-safe: make it once, use it often.
 *
 * <pre class="code">
 * MultiLock.of(locks, "account:1", "account:2").execute((leases) -&gt; transfer());
 * </pre>
 */
public final class MultiLock {

	private final List<Member> members;

	private final TimeSource time;

	private MultiLock(Builder builder) {
		this.members = List.copyOf(builder.members);
		this.time = builder.time;
	}

	/**
	 * Several locks of one client.
	 * @param locks the client
	 * @param key one lock
	 * @param more the others
	 * @throws IllegalArgumentException if a key is not one
	 */
	public static MultiLock of(DistributedLockOperations locks, String key, String... more) {
		return builder().add(locks, key).addAll(locks, Arrays.asList(more)).build();
	}

	/**
	 * Several locks of one client.
	 * @param locks the client
	 * @param keys at least one lock
	 * @throws IllegalArgumentException if a key is not one, or there is none
	 */
	public static MultiLock of(DistributedLockOperations locks, Collection<String> keys) {
		return builder().addAll(locks, keys).build();
	}

	/** A builder, for locks of several clients. */
	public static Builder builder() {
		return new Builder();
	}

	/** The keys, in the order in which the locks are taken. */
	public List<String> keys() {
		return this.members.stream().map((member) -> member.key().value()).toList();
	}

	/**
	 * Acquires all locks, or waits for them as the options of their clients say.
	 * @return the leases; release them
	 * @throws LockTimeoutException if one of the locks was not to be had in time; it is
	 * named
	 */
	public MultiLease acquire() {
		return acquire(Wish.ofTheClients(this));
	}

	/**
	 * Acquires all locks, or waits for them as the options say.
	 * @param options how to wait and to hold
	 * @return the leases; release them
	 * @throws LockTimeoutException if one of the locks was not to be had in time; it is
	 * named
	 */
	public MultiLease acquire(LockOptions options) {
		return acquire(Wish.of(options, this));
	}

	private MultiLease acquire(Wish wish) {
		return take(wish, (member, options) -> Optional.of(member.locks().acquire(member.key().value(), options)))
			.orElseThrow();
	}

	/**
	 * Acquires all locks if they are free, without waiting.
	 * @return the leases; empty when somebody holds one of the locks
	 */
	public Optional<MultiLease> tryAcquire() {
		return tryAcquire(Duration.ZERO);
	}

	/**
	 * Acquires all locks, or waits for them at most this long.
	 * @param waitTimeout how long to wait for all together; zero for not at all
	 * @return the leases; empty when one of the locks was not to be had in time
	 */
	public Optional<MultiLease> tryAcquire(Duration waitTimeout) {
		return tryAcquire(Wish.ofTheClients(waitTimeout, this));
	}

	/**
	 * Acquires all locks, or waits for them as the options say.
	 * @param options how to wait and to hold
	 * @return the leases; empty when one of the locks was not to be had in time
	 */
	public Optional<MultiLease> tryAcquire(LockOptions options) {
		return tryAcquire(Wish.of(options, this));
	}

	private Optional<MultiLease> tryAcquire(Wish wish) {
		return take(wish, (member, options) -> member.locks().tryAcquire(member.key().value(), options));
	}

	private Optional<MultiLease> take(Wish wish, BiFunction<Member, LockOptions, Optional<Lease>> taking) {
		MultiLease leases = MultiLease.NONE;
		try {
			for (Member member : this.members) {
				Optional<Lease> lease = taking.apply(member, wish.optionsFor(member));
				if (lease.isEmpty()) {
					leases.abandon();
					return Optional.empty();
				}
				leases = leases.with(member.locks(), lease.get());
			}
			leases.ensureValid();
			return Optional.of(leases);
		}
		catch (RuntimeException | Error ex) {
			leases.abandon();
			throw ex;
		}
	}

	/**
	 * Acquires all locks, or waits for them as the options say, taking no thread
	 * meanwhile.
	 * @param options how to wait and to hold
	 * @return completes with the leases, or exceptionally as {@link #acquire} throws;
	 * cancelling it ends the waiting, and releases what was taken in the thread that
	 * cancels
	 */
	public CompletableFuture<MultiLease> acquireAsync(LockOptions options) {
		CompletableFuture<MultiLease> result = new CompletableFuture<>();
		takeAsync(0, MultiLease.NONE, Wish.of(options, this), result);
		return result;
	}

	private void takeAsync(int index, MultiLease taken, Wish wish, CompletableFuture<MultiLease> result) {
		try {
			if (index == this.members.size()) {
				taken.ensureValid();
				if (!result.complete(taken)) {
					taken.abandon();
				}
				return;
			}
			Member member = this.members.get(index);
			CompletableFuture<Lease> next = member.locks().acquireAsync(member.key().value(), wish.optionsFor(member));
			next.whenComplete((lease, failure) -> {
				if (failure == null) {
					takeAsync(index + 1, taken.with(member.locks(), lease), wish, result);
				}
				else {
					giveUp(taken, failure, result);
				}
			});
			result.whenComplete((leases, failure) -> next.cancel(false));
		}
		catch (RuntimeException ex) {
			giveUp(taken, ex, result);
		}
	}

	/** Nobody is to hear of the failure while something is still held. */
	private static void giveUp(MultiLease taken, Throwable failure, CompletableFuture<MultiLease> result) {
		taken.abandon();
		result.completeExceptionally(failure);
	}

	/**
	 * Runs code while all locks are held, as the options of their clients say.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param callback the code
	 * @return what it returned
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if one of the locks was not to be had in time; it is
	 * named
	 * @throws LockLostException if a lease was lost meanwhile; it names the lock
	 */
	public <T, E extends Exception> T execute(MultiLockCallback<T, E> callback) throws E {
		return new Call<>(Wish.ofTheClients(this), callback).execute(0, MultiLease.NONE);
	}

	/**
	 * Runs code while all locks are held.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param callback the code
	 * @return what it returned
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if one of the locks was not to be had in time; it is
	 * named
	 * @throws LockLostException if a lease was lost meanwhile, unless
	 * {@link LockOptions#onLoss()} says otherwise; it names the lock
	 */
	public <T, E extends Exception> T execute(LockOptions options, MultiLockCallback<T, E> callback) throws E {
		return new Call<>(Wish.of(options, this), callback).execute(0, MultiLease.NONE);
	}

	/**
	 * Runs code that returns nothing while all locks are held, as the options of their
	 * clients say.
	 * @param <E> what the code may throw
	 * @param action the code
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if one of the locks was not to be had in time; it is
	 * named
	 * @throws LockLostException if a lease was lost meanwhile; it names the lock
	 */
	public <E extends Exception> void executeWithoutResult(MultiLockAction<E> action) throws E {
		execute((leases) -> {
			action.run(leases);
			return true;
		});
	}

	/**
	 * Runs code while all locks are held, if they can be had in time.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param waitTimeout how long to wait for all together; zero for not at all
	 * @param callback the code
	 * @return what it returned; empty, and the code not run, when one of the locks was
	 * not to be had in time
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockLostException if a lease was lost meanwhile; it names the lock
	 */
	public <T, E extends Exception> Optional<T> tryExecute(Duration waitTimeout, MultiLockCallback<T, E> callback)
			throws E {
		return new Call<>(Wish.ofTheClients(waitTimeout, this), callback).tryExecute(0, MultiLease.NONE);
	}

	/**
	 * Runs code while all locks are held, if they can be had as the options say.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param callback the code
	 * @return what it returned; empty, and the code not run, when one of the locks was
	 * not to be had in time
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockLostException if a lease was lost meanwhile, unless
	 * {@link LockOptions#onLoss()} says otherwise; it names the lock
	 */
	public <T, E extends Exception> Optional<T> tryExecute(LockOptions options, MultiLockCallback<T, E> callback)
			throws E {
		return new Call<>(Wish.of(options, this), callback).tryExecute(0, MultiLease.NONE);
	}

	@Override
	public String toString() {
		return "MultiLock" + this.members;
	}

	/**
	 * One of the locks.
	 *
	 * @param tableId the table, in the order of all tables
	 * @param key the lock
	 * @param locks its client
	 */
	private record Member(String tableId, LockKey key, DistributedLockOperations locks) {

		static final Comparator<Member> ORDER = Comparator.comparing(Member::tableId)
			.thenComparing((member) -> member.key().value());

		@Override
		public String toString() {
			return this.tableId + ":" + this.key;
		}

	}

	/**
	 * One call of guarded code: nested calls of the clients, so that each lock is
	 * entered, guarded and released as it always is.
	 *
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 */
	private final class Call<T, E extends Exception> {

		private final Wish wish;

		private final MultiLockCallback<T, E> callback;

		private boolean granted;

		Call(Wish wish, MultiLockCallback<T, E> callback) {
			this.wish = wish;
			this.callback = callback;
		}

		T execute(int index, MultiLease taken) throws E {
			if (index == MultiLock.this.members.size()) {
				return run(taken);
			}
			Member member = MultiLock.this.members.get(index);
			return member.locks()
				.execute(member.key().value(), this.wish.optionsFor(member),
						(lease) -> under(taken.with(member.locks(), lease), (more) -> execute(index + 1, more)));
		}

		Optional<T> tryExecute(int index, MultiLease taken) throws E {
			if (index == MultiLock.this.members.size()) {
				return Optional.of(Objects.requireNonNull(run(taken),
						"The code under the locks returned null; have it return a value"));
			}
			Member member = MultiLock.this.members.get(index);
			return member.locks()
				.<Optional<T>, E>tryExecute(member.key().value(), this.wish.optionsFor(member),
						(lease) -> under(taken.with(member.locks(), lease), (more) -> tryExecute(index + 1, more)))
				.flatMap(Function.identity());
		}

		private T run(MultiLease leases) throws E {
			leases.ensureValid();
			this.granted = true;
			return this.callback.run(leases);
		}

		/** What was taken for nothing is not held for a minimum of time. */
		private <R> R under(MultiLease taken, MultiLockCallback<R, E> further) throws E {
			try {
				return further.run(taken);
			}
			finally {
				if (!this.granted) {
					taken.waiveMinHold();
				}
			}
		}

	}

	/**
	 * What one caller wants.
	 *
	 * @param options how to wait and to hold; {@code null} for what each client says
	 * @param budget the time to wait
	 */
	private record Wish(@Nullable LockOptions options, WaitBudget budget) {

		static Wish of(LockOptions options, MultiLock lock) {
			return new Wish(options, new WaitBudget(options.waitTimeout(), lock.time));
		}

		static Wish ofTheClients(Duration waitTimeout, MultiLock lock) {
			return new Wish(null,
					new WaitBudget(Optional.of(Arguments.notNegative("waitTimeout", waitTimeout)), lock.time));
		}

		static Wish ofTheClients(MultiLock lock) {
			Optional<Duration> shortest = lock.members.stream()
				.flatMap((member) -> member.locks().options().waitTimeout().stream())
				.min(Comparator.naturalOrder());
			return new Wish(null, new WaitBudget(shortest, lock.time));
		}

		LockOptions optionsFor(Member member) {
			return this.budget.limit((this.options != null) ? this.options : member.locks().options());
		}

	}

	/**
	 * Builds {@link MultiLock}s. Not thread-safe.
	 */
	public static final class Builder {

		private final List<Member> members = new ArrayList<>();

		private TimeSource time = TimeSource.system();

		private Builder() {
		}

		/**
		 * Adds a lock. Does nothing when it was added before.
		 * @param locks its client
		 * @param key the lock
		 * @throws IllegalArgumentException if the key is not one, or was added with
		 * another client of the same {@link DistributedLockOperations#tableId() table}
		 */
		public Builder add(DistributedLockOperations locks, String key) {
			Member added = new Member(locks.tableId(), new LockKey(key), locks);
			for (Member member : this.members) {
				if (Member.ORDER.compare(member, added) == 0) {
					Arguments
						.check(member.locks() == locks, "key", key, "it was added with another client of the table "
								+ added.tableId()
								+ " already: use one client for it, or, if it is a table of another account, another key");
					return this;
				}
			}
			this.members.add(added);
			return this;
		}

		/**
		 * Adds several locks of one client.
		 * @param locks their client
		 * @param keys the locks
		 * @throws IllegalArgumentException as {@link #add} says
		 */
		public Builder addAll(DistributedLockOperations locks, Collection<String> keys) {
			keys.forEach((key) -> add(locks, key));
			return this;
		}

		Builder time(TimeSource time) {
			this.time = time;
			return this;
		}

		/**
		 * The multi-lock.
		 * @throws IllegalArgumentException if no lock was added
		 */
		public MultiLock build() {
			Arguments.check(!this.members.isEmpty(), "keys", this.members, "name at least one lock");
			this.members.sort(Member.ORDER);
			return new MultiLock(this);
		}

	}

}
