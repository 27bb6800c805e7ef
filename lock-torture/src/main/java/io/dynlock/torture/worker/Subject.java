package io.dynlock.torture.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.torture.resource.Ledger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * What is tortured: dynlock, or something broken that an audit must find out.
 */
public enum Subject {

	/** dynlock as it is. */
	DYNLOCK,

	/** A lock that lets everybody in, each with a higher token. */
	NO_EXCLUSION {
		@Override
		List<Way> ways(DistributedLockTemplate locks, Executor executor) {
			return List.of((key, section) -> section.accept(new Holder(System.nanoTime(), () -> true)));
		}
	},

	/**
	 * A holder that takes no notice of the loss of its lease, and writes with the highest
	 * token there is when its own is refused.
	 */
	DEAF {
		@Override
		Ledger ledger(Ledger resource) {
			return new DeafLedger(resource);
		}
	},

	/** A lock that believes in the lease of somebody else for a quarter of its time. */
	IMPATIENT {
		@Override
		void customize(DynamoDbClientBuilder client) {
			client.overrideConfiguration(
					client.overrideConfiguration().toBuilder().addExecutionInterceptor(new LeaseShortener(4)).build());
		}
	},

	/** A holder that does not give every lock back. */
	NEVER_RELEASED {
		@Override
		List<Way> ways(DistributedLockTemplate locks, Executor executor) {
			List<Way> ways = new ArrayList<>(super.ways(locks, executor));
			ways.add((key, section) -> section.accept(Holder.of(locks.acquire(key))));
			return ways;
		}
	};

	/** How a thread takes locks. */
	List<Way> ways(DistributedLockTemplate locks, Executor executor) {
		return new DynlockWays(locks, executor).all();
	}

	/** How a process talks to the table. */
	void customize(DynamoDbClientBuilder client) {
		// as the library does
	}

	/** How a thread writes to the resource. */
	Ledger ledger(Ledger resource) {
		return resource;
	}

	/**
	 * The subject of a name.
	 * @param text as on the command line, such as {@code no-exclusion}
	 */
	public static Subject of(String text) {
		return Stream.of(values())
			.filter((subject) -> subject.toString().equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Not a subject: " + text + "; use one of " + names(", ")));
	}

	/**
	 * All there are.
	 * @param separator what to write between them
	 */
	public static String names(String separator) {
		return Stream.of(values()).map(Subject::toString).collect(Collectors.joining(separator));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
