package io.dynlock;

import java.time.Duration;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What each operation costs in requests, which is what users pay for.
 */
class RequestCostTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	/** A process that has used the table before. */
	private Node warmNode() {
		return warm(this.bed.node());
	}

	private static Node warm(Node node) {
		node.locks().status("warm-up");
		node.wire().reset();
		node.events().requests().clear();
		return node;
	}

	@Test
	void aFreeLockCostsTwoWrites() {
		Node node = warmNode();

		node.locks().execute("deployment", (lease) -> "done");

		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("UpdateItem", "UpdateItem");
	}

	@Test
	void aFreeLockCostsTwoWritesWhenReleasedItemsAreDeleted() {
		Node node = warm(this.bed
			.node((builder) -> builder.tableOptions(this.bed.tableOptions().releaseMode(ReleaseMode.DELETE).build())));

		node.locks().execute("deployment", (lease) -> "done");

		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("UpdateItem", "DeleteItem");
	}

	@Test
	void aFreePermanentLockCostsThreeWrites() {
		Node node = warm(this.bed
			.node((builder) -> builder.options(LockBed.QUICK.toBuilder().leaseMode(LeaseMode.PERMANENT).build())));

		node.locks().execute("deployment", (lease) -> "done");

		assertThat(node.wire().sent()).extracting(Sent::operation)
			.containsExactly("UpdateItem", "UpdateItem", "UpdateItem");
	}

	@Test
	void aRefusedTryCostsOneWriteThatSaysWhoHoldsTheLock() {
		Node holder = warmNode();
		Node other = warmNode();
		holder.locks().acquire("deployment");

		assertThat(other.locks().tryAcquire("deployment")).isEmpty();

		assertThat(other.wire().sent()).singleElement().satisfies((sent) -> {
			assertThat(sent.operation()).isEqualTo("UpdateItem");
			assertThat(sent.body()).contains("\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"");
		});
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(
				() -> other.locks().acquire("deployment", LockBed.QUICK.toBuilder().waitTimeout(Duration.ZERO).build()))
			.satisfies((ex) -> assertThat(ex.holder()).isPresent());
		assertThat(other.wire().sent()).hasSize(2);
	}

	@Test
	void waitingCostsOneEventuallyConsistentReadPerPause() {
		Node holder = warmNode();
		Node other = warmNode();
		Lease lease = holder.locks().acquire("deployment");
		Background<Lease> waiting = Background.start(() -> other.locks().acquire("deployment"));
		await().until(() -> other.wire().count(Sent.READ) >= 5);

		lease.release();
		waiting.get();

		assertThat(other.wire().sent(Sent.READ))
			.allSatisfy((read) -> assertThat(read.body()).doesNotContain("\"ConsistentRead\":true"));
		assertThat(other.wire().count(Sent.ACQUIRE)).isEqualTo(2);
		assertThat(other.wire().sent()).hasSize(2 + other.wire().count(Sent.READ));
		assertThat(other.wire().sent().get(0)).matches(Sent.ACQUIRE);
	}

	@Test
	void aRenewalCostsOneWrite() {
		Node node = warmNode();
		Lease lease = node.locks().acquire("deployment");
		node.wire().reset();

		lease.renew();

		assertThat(node.wire().sent()).singleElement().matches(Sent.RENEW);
	}

	@Test
	void aStatusCostsOneConsistentRead() {
		Node node = warmNode();

		node.locks().status("deployment");

		assertThat(node.wire().sent()).singleElement()
			.satisfies((sent) -> assertThat(sent.body()).contains("\"ConsistentRead\":true"));
	}

	@Test
	void aReleaseByNameCostsAReadAndAWrite() {
		Node holder = warmNode();
		Node other = warmNode();
		holder.locks().acquire("deployment");

		other.locks().forceRelease("deployment");

		assertThat(other.wire().sent()).extracting(Sent::operation).containsExactly("GetItem", "UpdateItem");
	}

	@Test
	void theFirstUseOfATableThatExistsCostsOneLookAtIt() {
		this.bed.raw().create();
		Node node = this.bed.node();

		node.locks().acquire("deployment");

		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("DescribeTable", "UpdateItem");
	}

	@Test
	void aTableThatIsUsedAsItIsIsNotLookedAt() {
		this.bed.raw().create();
		Node node = this.bed
			.node((builder) -> builder.tableOptions(this.bed.tableOptions().creation(TableCreation.NONE).build()));

		node.locks().acquire("deployment");

		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("UpdateItem");
	}

	@Test
	void everyRequestIsReported() {
		Node node = warmNode();

		node.locks().execute("deployment", (lease) -> "done");
		node.locks().status("deployment");
		assertThat(node.locks().list()).isEmpty();

		assertThat(node.events().requests()).containsExactly("UpdateItem", "UpdateItem", "GetItem", "Scan");
	}

}
