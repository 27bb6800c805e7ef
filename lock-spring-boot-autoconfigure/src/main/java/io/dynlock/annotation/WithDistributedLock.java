package io.dynlock.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method, or every public method of a class, while a distributed lock is held.
 * <p>
 * The key of the lock is {@link #name()}, and after a colon what {@link #key()} evaluates
 * to, if it is given. The lock is held around {@code @Transactional}, so that others see
 * what was committed; a method that returns a
 * {@link java.util.concurrent.CompletionStage} keeps it until that completes, and cannot
 * enter it again meanwhile. Nor can one that returns Reactor's {@code Mono} or
 * {@code Flux}: it is called, under a lock of its own and on a thread of Reactor's
 * parallel scheduler, for each subscription, which waits for the lock without a thread
 * and keeps it until it ends. Its lease is in the context of the subscription as well,
 * under {@code Lease.class} (or {@code MultiLease.class}).
 * <p>
 * {@link LockContext} gives the method its lease. So does a parameter of type
 * {@link io.dynlock.Lease} (with {@link #keys()}, {@link io.dynlock.MultiLease}),
 * whatever the caller passes for it, such as {@code null}; called on the object itself,
 * past its bean, the method gets what the caller passed.
 * <p>
 * As with all advice of Spring, a call through {@code this} goes past the bean, and takes
 * no lock.
 * <p>
 * {@code @Async} and the {@code @Retryable} of Spring Framework 7 are outside the lock:
 * it is taken in the thread that runs the method, and anew for each attempt, so that
 * others get their turn in between. The {@code @Retryable} of Spring Retry is inside by
 * default: the lock is held over all attempts, unless {@code @EnableRetry(order = ...)}
 * is lower than {@code dynlock.aspect.order}. {@code @Transactional} is inside.
 * {@code dynlock.aspect.order} changes the place among aspects and transactions.
 * <p>
 * The lock of a stage is released in the thread that completes the stage, by a request of
 * up to {@code dynlock.request-timeout}. So do not complete it on an event loop; have
 * another thread do so, for example with
 * {@link java.util.concurrent.CompletableFuture#completeAsync}.
 * <p>
 * Texts may contain placeholders such as {@code ${orders.lock.wait}}. Where a text is
 * empty, the application's {@code dynlock.*} properties apply. A method that cannot be
 * locked, or a text that cannot be understood, ends the start-up of the application with
 * a message that says what to do.
 *
 * <pre class="code">
 * &#64;WithDistributedLock(name = "deployment", key = "#environment")
 * public Receipt deploy(String environment) { ... }
 * </pre>
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface WithDistributedLock {

	/**
	 * The name of the lock: the first part of its key, and its name in metrics. Keep the
	 * number of different names low.
	 */
	String name();

	/**
	 * The second part of the key, as an expression in the Spring Expression Language,
	 * over the arguments by name ({@code #environment}), {@code #root.method},
	 * {@code #root.target}, {@code #root.targetClass}, {@code #root.args} and beans
	 * ({@code @clock}). It must give a simple value such as a string, a number, an enum
	 * or a UUID. Empty for a lock that has just a name.
	 */
	String key() default "";

	/**
	 * Several expressions like that of {@link #key()}, instead of it: the method runs
	 * while all of these locks are held, taken as one ({@link io.dynlock.MultiLock}), in
	 * an order that is the same in every process. An expression may also give a
	 * collection or an array, with one key for each element ({@code #orders.![id]}). A
	 * key that comes more than once counts once.
	 */
	String[] keys() default {};

	/**
	 * Which locks to use: the qualifier or the name of a bean of type
	 * {@link io.dynlock.DistributedLockOperations}. Its options apply where this
	 * annotation says nothing. Empty, or {@code default}, for the locks of the
	 * application.
	 */
	String client() default "";

	/**
	 * How long to wait for the lock, such as {@code 30s} or {@code PT30S}; {@code 0} for
	 * not at all. A text that begins with {@code #} is an expression like that of
	 * {@link #key()}; it gives a {@link java.time.Duration}, such a text, or {@code null}
	 * for what applies without it.
	 */
	String waitTimeout() default "";

	/**
	 * How many attempts may follow the first.
	 */
	String maxRetries() default "";

	/**
	 * How long a lease lasts without renewal, such as {@code 30s} or {@code PT30S}.
	 */
	String leaseDuration() default "";

	/**
	 * How long the lock is held: {@code renewed}, {@code fixed} or {@code permanent}. A
	 * text rather than an enum, so that it may be a placeholder, and empty for what the
	 * application says; checked at start-up.
	 */
	String leaseMode() default "";

	/**
	 * How long the lock stays held at least, even if the method is done sooner: for
	 * scheduled jobs that are shorter than the clocks of their hosts differ.
	 */
	String minHold() default "";

	/**
	 * Text that shows in the lock's status.
	 */
	String note() default "";

	/**
	 * What happens when the lease is lost while the method runs: {@code throw},
	 * {@code log} or {@code interrupt}, as {@link io.dynlock.LossPolicy} says. A text for
	 * the same reasons as {@link #leaseMode()}; checked at start-up.
	 */
	String onLost() default "";

	/**
	 * What to do when somebody else has the lock. No text and no placeholder, since the
	 * callers of the method have to know what they get.
	 */
	OnBusy onBusy() default OnBusy.THROW;

}
