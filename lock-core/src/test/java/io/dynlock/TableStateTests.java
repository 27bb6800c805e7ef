package io.dynlock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * One look at the table, which changes nothing.
 */
@Timeout(60)
class TableStateTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final LockBed bed = new LockBed();

	private Node node(TableCreation creation) {
		return this.bed.node((builder) -> builder.tableOptions(this.bed.tableOptions().creation(creation).build()));
	}

	@ParameterizedTest
	@EnumSource
	void showsATableThatCanBeUsed(TableCreation creation) {
		this.bed.raw().create();
		Node node = node(creation);

		TableState state = node.locks().describeTable(TIMEOUT);

		assertThat(state.table()).isEqualTo(this.bed.table());
		assertThat(state.region()).contains("us-east-1");
		assertThat(state.status()).isEqualTo("ACTIVE");
		assertThat(state.isUsable()).isTrue();
		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("DescribeTable");
	}

	@Test
	void aTableThatIsCreatedWhenItIsWantedIsNotCreatedByLooking() {
		Node node = node(TableCreation.CREATE);

		TableState state = node.locks().describeTable(TIMEOUT);

		assertThat(state.status()).isEqualTo("MISSING");
		assertThat(state.isUsable()).isTrue();
		assertThat(node.wire().sent()).extracting(Sent::operation).containsExactly("DescribeTable");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
	void aTableThatIsMissingForGoodIsAFailure(TableCreation creation) {
		Node node = node(creation);

		assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().describeTable(TIMEOUT))
			.withMessageContaining("'" + this.bed.table() + "' does not exist");
	}

	@Test
	void aTableThatCannotHoldLocksIsAFailure() {
		this.bed.raw().create(Map.of("Other", KeyType.HASH), ScalarAttributeType.S);
		Node node = node(TableCreation.NONE);

		assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().describeTable(TIMEOUT))
			.withMessageContaining("its key is Other");
	}

	@Test
	void aRefusalNamesTheActionThatIsMissing() {
		Node node = node(TableCreation.CREATE);
		node.wire().always(Sent.operation("DescribeTable"), Fault.ACCESS_DENIED);

		assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().describeTable(TIMEOUT))
			.withMessageContaining("dynamodb:DescribeTable");
	}

	@Test
	void silenceEndsWithTheTimeout() {
		Node node = node(TableCreation.CREATE);
		CountDownLatch never = new CountDownLatch(1);
		node.wire().always(Sent.operation("DescribeTable"), Fault.held(never));

		assertThatExceptionOfType(LockTableException.class)
			.isThrownBy(() -> node.locks().describeTable(Duration.ofMillis(100)))
			.withMessageContaining("no answer in time");
	}

	@Test
	void aTimeoutThatIsNotPositiveIsRefused() {
		Node node = node(TableCreation.CREATE);

		assertThatIllegalArgumentException().isThrownBy(() -> node.locks().describeTable(Duration.ZERO))
			.withMessageContaining("timeout");
	}

}
