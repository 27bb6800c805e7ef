package io.dynlock.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LeaseMode;
import io.dynlock.LockOptions;
import io.dynlock.actuate.LockEndpoint.ForcedRelease;
import io.dynlock.actuate.LockEndpoint.Lock;
import io.dynlock.actuate.LockEndpoint.Page;
import io.dynlock.testing.SharedDynamoDb;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class LockEndpointTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withPropertyValues("dynlock.owner=me");

	private void run(BiConsumer<LockEndpoint, DistributedLockTemplate> test) {
		this.runner.run((context) -> test.accept(new LockEndpoint(context),
				context.getBean("distributedLockTemplate", DistributedLockTemplate.class)));
	}

	@Test
	void showsTheClientsAndWhatTheyHold() {
		run((endpoint, locks) -> {
			LockOptions options = locks.options().toBuilder().name("deployments").build();
			Lease lease = locks.acquire("deployment/prod", options);
			assertThat(endpoint.overview().clients()).containsOnlyKeys("default");
			LockEndpoint.Client client = endpoint.overview().clients().get("default");
			assertThat(client.owner()).isEqualTo("me");
			assertThat(client.table()).isEqualTo(locks.tableOptions().table());
			assertThat(client.held()).singleElement().satisfies((held) -> {
				assertThat(held.key()).isEqualTo("deployment/prod");
				assertThat(held.name()).isEqualTo("deployments");
				assertThat(held.fencingToken()).isEqualTo(lease.fencingToken());
				assertThat(held.validUntil()).isAfter(Instant.now());
				assertThat(held.since()).isBefore(held.validUntil());
				assertThat(held.waiters()).isZero();
			});
			lease.close();
			assertThat(endpoint.overview().clients().get("default").held()).isEmpty();
		});
	}

	@Test
	void namesClientsAfterTheirBeans() {
		DistributedLockTemplate other = DistributedLockTemplate.builder(SharedDynamoDb.client()).build();
		this.runner.withBean("distributedLockTemplate", DistributedLockTemplate.class, () -> other)
			.withBean("distributedLockTemplate-eu", DistributedLockTemplate.class, () -> other)
			.withBean("mine", DistributedLockTemplate.class, () -> other)
			.run((context) -> assertThat(new LockEndpoint(context).overview().clients()).containsOnlyKeys("default",
					"eu", "mine"));
	}

	@Test
	void showsTheTablePageByPage() {
		run((endpoint, locks) -> {
			List<String> keys = IntStream.range(0, 5).mapToObj((i) -> "key/" + i).toList();
			keys.forEach(locks::acquire);
			List<String> found = new ArrayList<>();
			List<Integer> sizes = new ArrayList<>();
			String next = null;
			do {
				Page page = endpoint.locks("default", next, 2);
				assertThat(page.table()).isEqualTo(locks.tableOptions().table());
				page.locks().forEach((lock) -> found.add(lock.key()));
				sizes.add(page.locks().size());
				next = page.next();
			}
			while (next != null);
			assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
			assertThat(sizes).containsExactly(2, 2, 1);
		});
	}

	@Test
	void showsWhoHoldsALock() {
		run((endpoint, locks) -> {
			locks.acquire("leased", locks.options().toBuilder().note("nightly").build());
			Lock lock = only(endpoint.locks("default", null, null));
			assertThat(lock.owner()).isEqualTo("me");
			assertThat(lock.note()).isEqualTo("nightly");
			assertThat(lock.leaseDuration()).isEqualTo(Duration.ofSeconds(30));
			assertThat(lock.since()).isBeforeOrEqualTo(Instant.now());
		});
	}

	@Test
	void aPermanentLockHasNoLease() {
		run((endpoint, locks) -> {
			locks.acquire("permanent", locks.options().toBuilder().leaseMode(LeaseMode.PERMANENT).build());
			assertThat(only(endpoint.locks("default", null, null)).leaseDuration()).isNull();
		});
	}

	@Test
	void aPageThatIsFullMayBeTheLast() {
		run((endpoint, locks) -> {
			locks.acquire("a");
			locks.acquire("b");
			assertThat(endpoint.locks("default", null, 2).next()).isNull();
			assertThat(endpoint.locks("default", null, 1).next()).isNotNull();
		});
	}

	@Test
	void freesALockByName() {
		run((endpoint, locks) -> {
			Lease lease = locks.acquire("a b/c?d");
			ForcedRelease released = endpoint.forceRelease("default", "a b/c?d");
			assertThat(released.released()).isTrue();
			assertThat(released.lock()).isNotNull().extracting(Lock::owner).isEqualTo("me");
			assertThat(lease.isValid()).isFalse();
			assertThat(endpoint.forceRelease("default", "a b/c?d")).isEqualTo(new ForcedRelease(false, null));
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1001 })
	void refusesALimitThatIsOutOfBounds(int limit) {
		run((endpoint, locks) -> refuses(() -> endpoint.locks("default", null, limit), "use 1 to 1000"));
	}

	@Test
	void refusesAClientThatDoesNotExist() {
		run((endpoint, locks) -> {
			refuses(() -> endpoint.locks("other", null, null), "use one of [default]");
			refuses(() -> endpoint.forceRelease("other", "key"), "use one of [default]");
		});
	}

	@Test
	void refusesAKeyThatCannotBe() {
		run((endpoint, locks) -> {
			refuses(() -> endpoint.locks("default", " ", null), "is blank");
			refuses(() -> endpoint.forceRelease("default", " "), "is blank");
		});
	}

	private static void refuses(Runnable request, String reason) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(request::run)
			.satisfies((ex) -> assertThat(ex.getReason()).contains(reason));
	}

	private static Lock only(@Nullable Page page) {
		assertThat(page).isNotNull();
		assertThat(page.locks()).hasSize(1);
		return page.locks().get(0);
	}

}
