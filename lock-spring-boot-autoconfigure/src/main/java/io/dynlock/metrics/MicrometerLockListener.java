package io.dynlock.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.LossReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Measures locks. Keys are never tags, since there is no limit to their number: the tag
 * {@code name} is the name of the lock, {@code client} the client that holds it.
 * <table>
 * <caption>The meters</caption>
 * <tr>
 * <th>meter</th>
 * <th>kind</th>
 * <th>further tags</th>
 * </tr>
 * <tr>
 * <td>{@code dynlock.acquire}</td>
 * <td>timer: from asking for a lock to having it, or giving up</td>
 * <td>{@code outcome}: acquired, busy, timeout, failed</td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.acquire.attempt}</td>
 * <td>timer: each attempt on the table, retries included</td>
 * <td>{@code outcome}: acquired, busy, failed</td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.hold}</td>
 * <td>timer: from having a lock to releasing or losing it</td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.held}</td>
 * <td>gauge: locks held now</td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.waiting}</td>
 * <td>gauge: callers asking for a lock now</td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.renew}</td>
 * <td>timer: each renewal</td>
 * <td>{@code outcome}: renewed, failed</td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.lost}</td>
 * <td>counter: leases lost</td>
 * <td>{@code reason}: expired, unreachable, taken, force_released, closed</td>
 * </tr>
 * <tr>
 * <td>{@code dynlock.requests}</td>
 * <td>counter: requests to DynamoDB</td>
 * <td>no {@code name}; {@code operation} such as UpdateItem, {@code outcome}: answered,
 * failed</td>
 * </tr>
 * </table>
 * Thread-safe.
 */
public final class MicrometerLockListener implements LockListener {

	private final MeterRegistry registry;

	private final String client;

	private final MeterProvider<Timer> acquire;

	private final MeterProvider<Timer> attempt;

	private final MeterProvider<Timer> hold;

	private final MeterProvider<Timer> renew;

	private final MeterProvider<Counter> lost;

	private final MeterProvider<Counter> requests;

	private final Map<String, AtomicInteger> held = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param registry takes the meters
	 * @param client the value of the tag {@code client}
	 */
	public MicrometerLockListener(MeterRegistry registry, String client) {
		this.registry = registry;
		this.client = client;
		this.acquire = Timer.builder("dynlock.acquire")
			.description("Time from asking for a lock to having it, or giving up")
			.tag("client", client)
			.withRegistry(registry);
		this.attempt = Timer.builder("dynlock.acquire.attempt")
			.description("Time of each attempt to take a lock, retries included")
			.tag("client", client)
			.withRegistry(registry);
		this.hold = Timer.builder("dynlock.hold")
			.description("Time for which a lock was held")
			.tag("client", client)
			.withRegistry(registry);
		this.renew = Timer.builder("dynlock.renew")
			.description("Time of each renewal of a lease")
			.tag("client", client)
			.withRegistry(registry);
		this.lost = Counter.builder("dynlock.lost")
			.description("Leases that were lost before they were released")
			.tag("client", client)
			.withRegistry(registry);
		this.requests = Counter.builder("dynlock.requests")
			.description("Requests to DynamoDB")
			.tag("client", client)
			.withRegistry(registry);
	}

	@Override
	public void acquireStarted(String key, String name) {
		waiting(name).incrementAndGet();
	}

	@Override
	public void attempted(String key, String name, Outcome outcome, Duration duration) {
		this.attempt.withTags("name", name, "outcome", text(outcome)).record(duration);
	}

	@Override
	public void acquireEnded(String key, String name, Outcome outcome, Duration duration) {
		waiting(name).decrementAndGet();
		this.acquire.withTags("name", name, "outcome", text(outcome)).record(duration);
	}

	@Override
	public void acquired(Lease lease) {
		held(lease.name()).incrementAndGet();
	}

	@Override
	public void released(Lease lease, Duration heldFor) {
		ended(lease, heldFor);
	}

	@Override
	public void lost(Lease lease, LossReason reason, Duration heldFor) {
		ended(lease, heldFor);
		this.lost.withTags("name", lease.name(), "reason", reason.tag()).increment();
	}

	private void ended(Lease lease, Duration heldFor) {
		held(lease.name()).decrementAndGet();
		this.hold.withTags("name", lease.name()).record(heldFor);
	}

	@Override
	public void renewed(Lease lease, boolean success, Duration duration) {
		this.renew.withTags("name", lease.name(), "outcome", success ? "renewed" : "failed").record(duration);
	}

	@Override
	public void requested(String operation, boolean answered) {
		this.requests.withTags("operation", operation, "outcome", answered ? "answered" : "failed").increment();
	}

	private AtomicInteger held(String name) {
		return this.held.computeIfAbsent(name, (key) -> gauge("dynlock.held", "Locks that are held now", key));
	}

	private AtomicInteger waiting(String name) {
		return this.waiting.computeIfAbsent(name,
				(key) -> gauge("dynlock.waiting", "Callers that are asking for a lock now", key));
	}

	private AtomicInteger gauge(String meter, String description, String name) {
		AtomicInteger count = new AtomicInteger();
		Gauge.builder(meter, count, AtomicInteger::get)
			.description(description)
			.tags(Tags.of("client", this.client, "name", name))
			.strongReference(true)
			.register(this.registry);
		return count;
	}

	private static String text(Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

}
