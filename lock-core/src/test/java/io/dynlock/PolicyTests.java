package io.dynlock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is sent is what the IAM policy in the README allows, no more and no less.
 */
class PolicyTests {

	private static final Pattern ACTION = Pattern.compile("dynamodb:(\\w+)");

	@RegisterExtension
	final LockBed bed = new LockBed();

	private Node node(TableCreation creation, ReleaseMode mode) {
		if (creation != TableCreation.CREATE) {
			this.bed.raw().create();
		}
		return this.bed.node((builder) -> builder
			.tableOptions(this.bed.tableOptions().creation(creation).releaseMode(mode).build()));
	}

	static Stream<Arguments> ways() {
		return Arrays.stream(TableCreation.values())
			.flatMap((creation) -> Arrays.stream(ReleaseMode.values()).map((mode) -> Arguments.of(creation, mode)));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void everyUseOfLocksSendsWhatIsAllowed(TableCreation creation, ReleaseMode mode) throws IOException {
		Node node = node(creation, mode);
		Set<String> allowed = new HashSet<>(actions("always"));
		if (mode == ReleaseMode.DELETE) {
			allowed.addAll(actions("`release-mode=delete`"));
		}
		if (creation != TableCreation.NONE) {
			allowed.addAll(actions("`table-creation.mode=validate`"));
		}
		if (creation == TableCreation.CREATE) {
			allowed.addAll(actions("`table-creation.mode=create`"));
		}

		useLocks(node);
		assertThat(sent(node)).isEqualTo(allowed);

		node.wire().reset();
		assertThat(node.locks().list()).isNotEmpty();
		assertThat(node.locks().listAfter("deployment")).isNotNull();
		assertThat(sent(node)).isEqualTo(actions("`list()`"));

		node.wire().reset();
		node.locks().close();
		assertThat(allowed).containsAll(sent(node));
	}

	@Test
	void freeingALockOfTheGoPackageDeletesIt() throws IOException {
		Node node = node(TableCreation.NONE, ReleaseMode.RETAIN);
		assertThat(this.bed.raw().acquireLikeGo("deployment")).isTrue();

		node.locks().forceRelease("deployment");

		assertThat(sent(node)).containsAll(actions("`release-mode=delete`"));
		assertThat(actions("always", "`release-mode=delete`")).containsAll(sent(node));
	}

	@Test
	void askingForTheTableDescribesIt() throws IOException {
		Node node = node(TableCreation.NONE, ReleaseMode.RETAIN);

		node.locks().describeTable(Duration.ofSeconds(10));

		assertThat(sent(node)).isEqualTo(actions("`table-creation.mode=validate`"));
	}

	@Test
	void thePolicyAllowsWhatIsAlwaysNeeded() throws IOException {
		String readme = readme();
		int policy = readme.indexOf("\"Action\": [");
		String statement = readme.substring(policy, readme.indexOf(']', policy));

		assertThat(actionsIn(statement)).isEqualTo(actions("always"));
	}

	private void useLocks(Node node) {
		DistributedLockTemplate locks = node.locks();
		for (LeaseMode mode : LeaseMode.values()) {
			try (Lease lease = locks.acquire("deployment", LockBed.QUICK.toBuilder().leaseMode(mode).build())) {
				lease.renew();
				locks.tryAcquire("deployment");
			}
			locks.forceRelease("deployment");
		}
		waitForAnother(locks);
		locks.execute("deployment", (lease) -> "done");
		locks.tryExecute("deployment", Duration.ZERO, (lease) -> "done");
		locks.executeAsync("deployment", LockBed.QUICK, (lease) -> CompletableFuture.completedFuture("done")).join();
		locks.acquire("deployment");
		locks.forceRelease("deployment");
		locks.acquire("deployment");
		locks.forceRelease(locks.status("deployment"));
		MultiLock.of(locks, "one", "two").acquire().close();
		locks.acquire("held until the end");
	}

	private void waitForAnother(DistributedLockTemplate locks) {
		Lease held = this.bed.node().locks().acquire("wanted");
		CompletableFuture<Lease> waiting = locks.acquireAsync("wanted", LockBed.QUICK);
		Background<Boolean> inLine = Background.start(() -> locks.acquire("wanted").release());
		held.release();
		waiting.join().release();
		assertThat(inLine.get()).isTrue();
	}

	private static Set<String> sent(Node node) {
		await().until(() -> !node.wire().sent().isEmpty());
		return node.wire().sent().stream().map(Sent::operation).collect(Collectors.toSet());
	}

	/** What the README says is needed in some cases. */
	private static Set<String> actions(String... cases) throws IOException {
		String readme = readme();
		return Arrays.stream(cases).flatMap((it) -> {
			int row = readme.indexOf("| " + it);
			assertThat(row).as(it).isPositive();
			return actionsIn(readme.substring(row, readme.indexOf('\n', row))).stream();
		}).collect(Collectors.toSet());
	}

	private static Set<String> actionsIn(String text) {
		return ACTION.matcher(text).results().map((MatchResult match) -> match.group(1)).collect(Collectors.toSet());
	}

	private static String readme() throws IOException {
		String readme = Files.readString(Path.of("..", "README.md"));
		return readme.substring(readme.indexOf("## The table"), readme.indexOf("## Cost"));
	}

}
