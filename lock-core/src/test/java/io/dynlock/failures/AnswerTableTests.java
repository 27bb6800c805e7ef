package io.dynlock.failures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.dynlock.Lease;
import io.dynlock.LockException;
import io.dynlock.LockOptions;
import io.dynlock.LockStatus;
import io.dynlock.LockTableException;
import io.dynlock.LossReason;
import io.dynlock.TableNotActiveException;
import io.dynlock.failures.Cell.Gets;
import io.dynlock.failures.Cell.Leaves;
import io.dynlock.failures.Cell.Retried;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each operation meets each failure: what the caller gets, who tries again, and what is
 * left in the table is what {@link AnswerTable}, and so the document, says. The failure
 * befalls the requests of that operation only, so that it shows what others make of it.
 */
class AnswerTableTests {

	/** The SDK of a node sends a request so often. */
	private static final int SDK_ATTEMPTS = 3;

	private static final Duration LEASE = Duration.ofMillis(1200);

	private static final String KEY = "deployment";

	@RegisterExtension
	final LockBed bed = new LockBed();

	@ParameterizedTest
	@EnumSource
	void acquire(Failure failure) {
		Cell cell = AnswerTable.cell(Operation.ACQUIRE, failure);
		Node node = readyNode();
		failure.befall(this.bed.raw(), node, Sent.ACQUIRE);

		Seen seen = Seen.of(() -> node.locks().acquire(KEY, retrying(1)));

		verify(cell.gets(), seen);
		boolean again = cell.retried().byUs() || cell.retried() == Retried.NEW_TABLE;
		assertThat(node.wire().count(Sent.ACQUIRE)).isEqualTo((again ? 2 : 1) * attempts(cell));
		verify(cell.leaves(), node, List.of());
	}

	@ParameterizedTest
	@EnumSource
	void poll(Failure failure) {
		Cell cell = AnswerTable.cell(Operation.POLL, failure);
		Node node = readyNode();
		node().locks().acquire(KEY);
		List<String> held = this.bed.raw().leaseIds();
		node.wire().reset();
		failure.befall(this.bed.raw(), node, Sent.READ);

		Seen seen = Seen.of(() -> node.locks().acquire(KEY, retrying(2)));

		verify(cell.gets(), seen);
		assertThat(node.wire().count(Sent.READ)).isEqualTo((cell.retried().byUs() ? 2 : 1) * attempts(cell));
		verify(cell.leaves(), node, held);
	}

	@ParameterizedTest
	@EnumSource
	void renew(Failure failure) {
		Cell cell = AnswerTable.cell(Operation.RENEW, failure);
		Node node = readyNode();
		Duration leaseDuration = cell.retried().byUs() ? LEASE : Duration.ofMinutes(1);
		long started = System.nanoTime();
		Lease lease = node.locks().acquire(KEY, LockBed.QUICK.toBuilder().leaseDuration(leaseDuration).build());
		failure.befall(this.bed.raw(), node, Sent.RENEW);

		Seen seen = Seen.of(() -> {
			lease.renew();
			return true;
		});

		verify(cell.gets(), seen);
		await().until(() -> !node.events().losses().isEmpty());
		Duration lasted = Duration.ofNanos(System.nanoTime() - started);
		assertThat(lease.isValid()).isFalse();
		assertThat(node.events().losses()).singleElement().isInstanceOf(LossReason.Unreachable.class);
		assertThat(lasted.compareTo(leaseDuration) >= 0).isEqualTo(cell.retried().byUs());
		assertThat(node.events().renewals().size() > 1).isEqualTo(cell.retried().byUs());
		verify(cell.leaves(), node, List.of());
		int told = node.events().renewals().size();
		assertThat(node.wire().count(Sent.RENEW) > told).isEqualTo(cell.retried().bySdk());
	}

	@ParameterizedTest
	@EnumSource
	void release(Failure failure) {
		Cell cell = AnswerTable.cell(Operation.RELEASE, failure);
		Node node = readyNode();
		Lease lease = node.locks().acquire(KEY);
		List<String> held = this.bed.raw().leaseIds();
		failure.befall(this.bed.raw(), node, Sent.RELEASE);

		Seen seen = Seen.of(lease::release);

		verify(cell.gets(), seen);
		assertThat(lease.isValid()).isFalse();
		if (cell.retried().byUs()) {
			await().until(() -> node.wire().count(Sent.RELEASE) > attempts(cell));
		}
		else {
			assertThat(node.wire().count(Sent.RELEASE)).isEqualTo(attempts(cell));
		}
		verify(cell.leaves(), node, held);
	}

	@ParameterizedTest
	@EnumSource
	void status(Failure failure) {
		read(Operation.STATUS, failure, "GetItem", (node) -> () -> node.locks().status(KEY));
	}

	@ParameterizedTest
	@EnumSource
	void list(Failure failure) {
		read(Operation.LIST, failure, "Scan", (node) -> () -> node.locks().list().toList());
	}

	private void read(Operation operation, Failure failure, String request, Use use) {
		Cell cell = AnswerTable.cell(operation, failure);
		Node node = readyNode();
		node().locks().acquire(KEY);
		List<String> held = this.bed.raw().leaseIds();
		node.wire().reset();
		failure.befall(this.bed.raw(), node, Sent.operation(request));

		Seen seen = Seen.of(use.of(node), operation != Operation.LIST);

		verify(cell.gets(), seen);
		int rounds = (cell.retried() == Retried.NEW_TABLE) ? 2 : 1;
		assertThat(node.wire().count(Sent.operation(request))).isEqualTo(rounds * attempts(cell));
		verify(cell.leaves(), node, held);
	}

	@ParameterizedTest
	@EnumSource
	void create(Failure failure) {
		Cell cell = AnswerTable.cell(Operation.CREATE, failure);
		Node node = node(Duration.ofSeconds((failure == Failure.TABLE_DELETED) ? 1 : 20));
		if (failure == Failure.TABLE_DELETED) {
			node.wire().always(Sent.operation("CreateTable"), (exchange) -> {
				var answer = exchange.send();
				this.bed.raw().drop();
				return answer;
			});
		}
		else {
			failure.befall(this.bed.raw(), node, Sent.operation("CreateTable"));
		}

		Seen seen = Seen.of(() -> node.locks().acquire(KEY, retrying(1)));

		verify(cell.gets(), seen);
		assertThat(node.wire().count(Sent.operation("CreateTable")))
			.isEqualTo((cell.retried().byUs() ? 2 : 1) * attempts(cell));
		verify(cell.leaves(), node, List.of());
		if (cell.leaves() != Leaves.OTHER_TABLE) {
			node.wire().heal();
			await().ignoreExceptionsInstanceOf(TableNotActiveException.class)
				.until(() -> node.locks().acquire("another").isValid());
			assertThat(this.bed.raw()
				.client()
				.describeTimeToLive((ttl) -> ttl.tableName(this.bed.table()))
				.timeToLiveDescription()
				.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
		}
	}

	private Node node() {
		return node(Duration.ofSeconds(20));
	}

	private Node node(Duration activeTimeout) {
		return this.bed
			.node((builder) -> builder.tableOptions(this.bed.tableOptions().activeTimeout(activeTimeout).build())
				.closeTimeout(Duration.ofMillis(200)));
	}

	private Node readyNode() {
		this.bed.raw().create();
		Node node = node();
		node.locks().status("warm-up");
		node.wire().reset();
		return node;
	}

	private static LockOptions retrying(int maxRetries) {
		return LockBed.QUICK.toBuilder().maxRetries(maxRetries).build();
	}

	private static int attempts(Cell cell) {
		return cell.retried().bySdk() ? SDK_ATTEMPTS : 1;
	}

	private void verify(Gets gets, Seen seen) {
		switch (gets) {
			case UNKNOWN -> assertThat(exception(seen).isOutcomeUnknown()).isTrue();
			case KNOWN -> assertThat(exception(seen).isOutcomeUnknown()).isFalse();
			case NOT_ACTIVE -> assertThat(exception(seen)).isInstanceOf(TableNotActiveException.class);
			case THE_LOCK -> assertThat(((Lease) seen.result()).isValid()).isTrue();
			case DONE -> assertThat(seen.result()).isEqualTo(true);
			case FREE -> assertThat(((LockStatus) seen.result()).isHeld()).isFalse();
			case NO_LOCKS -> assertThat(seen.result()).isEqualTo(List.of());
		}
	}

	private LockTableException exception(Seen seen) {
		assertThat(seen.failure()).containsInstanceOf(LockTableException.class);
		LockTableException exception = (LockTableException) seen.failure().orElseThrow();
		assertThat(exception).hasMessageContaining("'" + this.bed.table() + "'");
		assertThat(exception.getMessage().contains("'" + KEY + "'")).isEqualTo(seen.concernsOneLock());
		return exception;
	}

	private void verify(Leaves leaves, Node node, List<String> heldBefore) {
		switch (leaves) {
			case NOTHING -> assertThat(this.bed.raw().leaseIds()).isEmpty();
			case UNDONE -> {
				await().until(() -> node.wire().count(Sent.RELEASE) > 0);
				await().until(() -> this.bed.raw().leaseIds().isEmpty());
			}
			case THE_LOCK -> assertThat(this.bed.raw().leaseIds()).hasSize(1);
			case OTHERS -> assertThat(this.bed.raw().leaseIds()).hasSize(1).isEqualTo(heldBefore);
			case RELEASED_AFTER_LOSS -> {
				assertThat(node.wire().count(Sent.RELEASE) == 0 || !node.events().losses().isEmpty()).isTrue();
				await().until(() -> this.bed.raw().leaseIds().isEmpty());
			}
			case UNTIL_RELEASED -> {
				assertThat(this.bed.raw().leaseIds()).hasSize(1).isEqualTo(heldBefore);
				node.wire().heal();
				await().until(() -> this.bed.raw().leaseIds().isEmpty());
			}
			case OTHER_TABLE -> assertThat(this.bed.raw().describe().keySchema()).singleElement()
				.satisfies((key) -> assertThat(key.attributeName()).isEqualTo("id"));
		}
	}

	/** An operation of a node. */
	private interface Use {

		Callable<Object> of(Node node);

	}

	/**
	 * What the caller gets.
	 *
	 * @param value what was returned
	 * @param failure what was thrown
	 * @param concernsOneLock whether the operation does
	 */
	private record Seen(Optional<Object> value, Optional<LockException> failure, boolean concernsOneLock) {

		static Seen of(Callable<?> operation) {
			return of(operation, true);
		}

		static Seen of(Callable<?> operation, boolean concernsOneLock) {
			try {
				return new Seen(Optional.of(operation.call()), Optional.empty(), concernsOneLock);
			}
			catch (LockException ex) {
				return new Seen(Optional.empty(), Optional.of(ex), concernsOneLock);
			}
			catch (Exception ex) {
				throw new AssertionError("Not an exception for callers", ex);
			}
		}

		Object result() {
			assertThat(this.failure).isEmpty();
			return this.value.orElseThrow();
		}

	}

}
