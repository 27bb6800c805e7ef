package io.dynlock.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.HeldLock;
import io.dynlock.LockStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows the clients of this application with the locks that they hold, and the locks in
 * their tables; frees a lock by name, if {@code management.endpoint.dynlock.access} is
 * {@code unrestricted}. Thread-safe.
 */
@Endpoint(id = "dynlock", defaultAccess = Access.READ_ONLY)
public final class LockEndpoint {

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 1000;

	private final ListableBeanFactory beanFactory;

	/**
	 * Creates the endpoint.
	 * @param beanFactory has the clients
	 */
	public LockEndpoint(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * The clients, and what they hold. Makes no request.
	 */
	@ReadOperation
	public Overview overview() {
		Map<String, Client> clients = new LinkedHashMap<>();
		LockClients.of(this.beanFactory).forEach((name, locks) -> clients.put(name, Client.of(locks)));
		return new Overview(clients);
	}

	/**
	 * One page of the locks that are held in the table of a client, by whomever. Costs a
	 * scan of so much of the table as the page needs.
	 * @param client the name of the client
	 * @param after where the page before ended; {@code null} for the first page
	 * @param limit how many locks to show, 1 to 1000; 50 if {@code null}
	 */
	@ReadOperation
	@SuppressWarnings("deprecation")
	public Page locks(@Selector String client, @org.springframework.lang.Nullable String after,
			@org.springframework.lang.Nullable Integer limit) {
		int size = (limit != null) ? limit : DEFAULT_LIMIT;
		if (size < 1 || size > MAX_LIMIT) {
			throw refusal("The limit is " + size + "; use 1 to " + MAX_LIMIT);
		}
		DistributedLockTemplate locks = client(client);
		try (Stream<LockStatus> found = (after != null) ? locks.listAfter(after) : locks.list()) {
			return Page.of(locks.tableOptions().table(), found.limit(size + 1L).toList(), size);
		}
		catch (IllegalArgumentException ex) {
			throw refusal(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Frees a lock, whoever holds it.
	 * @param client the name of the client in whose table it is
	 * @param key the lock
	 */
	@DeleteOperation
	public ForcedRelease forceRelease(@Selector String client, String key) {
		try {
			Optional<LockStatus> released = client(client).forceRelease(key);
			return new ForcedRelease(released.isPresent(), released.map(Lock::of).orElse(null));
		}
		catch (IllegalArgumentException ex) {
			throw refusal(String.valueOf(ex.getMessage()));
		}
	}

	private DistributedLockTemplate client(String name) {
		Map<String, DistributedLockTemplate> clients = LockClients.of(this.beanFactory);
		return Optional.ofNullable(clients.get(name))
			.orElseThrow(() -> refusal("There is no client of this name; use one of " + clients.keySet()));
	}

	private static InvalidEndpointRequestException refusal(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * All clients.
	 *
	 * @param clients the clients by name
	 */
	public record Overview(Map<String, Client> clients) {

	}

	/**
	 * A client.
	 *
	 * @param table its table
	 * @param owner as whom it holds locks
	 * @param held what it holds
	 */
	public record Client(String table, String owner, List<Held> held) {

		static Client of(DistributedLockTemplate locks) {
			return new Client(locks.tableOptions().table(), locks.owner(),
					locks.held().stream().map(Held::of).toList());
		}

	}

	/**
	 * A lock that is held here.
	 *
	 * @param key its key
	 * @param name its name in metrics
	 * @param fencingToken its fencing token
	 * @param since when it was acquired
	 * @param validUntil when its lease ends if it is not renewed; {@code null} for a
	 * permanent lock
	 * @param waiters how many callers of this client want it too
	 */
	public record Held(String key, String name, long fencingToken, Instant since, @Nullable Instant validUntil,
			int waiters) {

		static Held of(HeldLock lock) {
			return new Held(lock.key(), lock.name(), lock.fencingToken(), lock.since(), lock.validUntil().orElse(null),
					lock.waiters());
		}

	}

	/**
	 * Some of the locks in a table.
	 *
	 * @param table the table
	 * @param locks the locks
	 * @param next where the next page begins, to be given as {@code after}; {@code null}
	 * if this is the last
	 */
	public record Page(String table, List<Lock> locks, @Nullable String next) {

		static Page of(String table, List<LockStatus> found, int size) {
			List<LockStatus> shown = found.subList(0, Math.min(size, found.size()));
			return new Page(table, shown.stream().map(Lock::of).toList(),
					(found.size() > size) ? shown.get(size - 1).key() : null);
		}

	}

	/**
	 * A lock in the table.
	 *
	 * @param key its key
	 * @param owner who holds it
	 * @param since when it was acquired, by the clock of its holder
	 * @param leaseDuration how long its lease lasts without renewal; {@code null} for a
	 * permanent lock
	 * @param note the text of its holder
	 */
	public record Lock(String key, @Nullable String owner, @Nullable Instant since, @Nullable Duration leaseDuration,
			@Nullable String note) {

		static Lock of(LockStatus status) {
			return new Lock(status.key(), status.owner().orElse(null), status.acquiredAt().orElse(null),
					status.leaseDuration().orElse(null), status.note().orElse(null));
		}

	}

	/**
	 * What came of freeing a lock.
	 *
	 * @param released whether it was held
	 * @param lock how it was held; {@code null} if it was not
	 */
	public record ForcedRelease(boolean released, @Nullable Lock lock) {

	}

}
