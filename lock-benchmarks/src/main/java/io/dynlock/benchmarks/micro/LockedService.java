package io.dynlock.benchmarks.micro;

import io.dynlock.annotation.WithDistributedLock;

/**
 * Methods that do nothing, under locks.
 */
public class LockedService {

	/** Not locked. */
	public int unlocked(String environment) {
		return environment.length();
	}

	/** Locked by name. */
	@WithDistributedLock(name = "deployment")
	public int named(String environment) {
		return environment.length();
	}

	/** Locked by an argument. */
	@WithDistributedLock(name = "deployment", key = "#environment")
	public int keyedByArgument(String environment) {
		return environment.length();
	}

	/** Locked by a property of an argument. */
	@WithDistributedLock(name = "order", key = "#order.id")
	public int keyedByProperty(Order order) {
		return order.getId().length();
	}

	/** Something with an id. */
	public static final class Order {

		private final String id;

		Order(String id) {
			this.id = id;
		}

		/** The id. */
		public String getId() {
			return this.id;
		}

	}

}
