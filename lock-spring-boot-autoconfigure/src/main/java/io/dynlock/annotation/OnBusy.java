package io.dynlock.annotation;

/**
 * What a method annotated with {@link WithDistributedLock} does when somebody else has
 * its lock for as long as it is ready to wait.
 */
public enum OnBusy {

	/**
	 * Throws {@link io.dynlock.LockTimeoutException}. The default.
	 */
	THROW,

	/**
	 * Does not run. The caller gets an empty {@code Optional} (or {@code OptionalInt} and
	 * so on), a stage completed with {@code null}, an empty {@code Mono} or {@code Flux},
	 * zero or {@code false} for a primitive, and {@code null} otherwise, also for
	 * collections. Does not wait unless {@link WithDistributedLock#waitTimeout()} says
	 * so.
	 */
	SKIP

}
