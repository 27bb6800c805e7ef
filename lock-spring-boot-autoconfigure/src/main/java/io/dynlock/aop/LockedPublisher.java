package io.dynlock.aop;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LockOptions;
import io.dynlock.LockTimeoutException;
import io.dynlock.LossPolicy;
import io.dynlock.MultiLease;
import io.dynlock.annotation.OnBusy;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a lock for each subscription to a publisher of Reactor, and keeps it until that
 * ends. Loaded only where Reactor is present.
 * <p>
 * The future of the lease is the resource, rather than the lease: whether the lease has
 * come or is still to come, cancelling the future or closing what it gave ends it.
 */
final class LockedPublisher {

	private final CallLock lock;

	private final LockOptions options;

	private final OnBusy onBusy;

	/**
	 * Creates one.
	 * @param lock what is to be held
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param onBusy what to do when somebody else has it
	 */
	LockedPublisher(CallLock lock, LockOptions options, OnBusy onBusy) {
		this.lock = lock;
		this.options = options;
		this.onBusy = onBusy;
	}

	/**
	 * What the method returns.
	 * @param returnType {@link Mono} or {@link Flux}
	 * @param work is called for each subscription, under the lock
	 */
	Publisher<?> under(Class<?> returnType, CallLock.Work work) {
		Flux<Object> guarded = Flux.<Object, CompletableFuture<? extends AutoCloseable>>usingWhen(
				Mono.fromCallable(() -> this.lock.acquireAsync(this.options)),
				(acquiring) -> acquired(acquiring).flatMapMany((held) -> guarded(held, work)), LockedPublisher::release,
				this::fail, LockedPublisher::release);
		return (returnType == Mono.class) ? guarded.singleOrEmpty() : guarded;
	}

	/** The work leaves the thread in which the lease came: that one renews others. */
	private Mono<Held> acquired(CompletableFuture<? extends AutoCloseable> acquiring) {
		Mono<Held> held = Mono.<AutoCloseable>fromFuture(acquiring, true).map(Held::of);
		return ((this.onBusy == OnBusy.SKIP) ? held.onErrorResume(LockTimeoutException.class, (ex) -> Mono.empty())
				: held)
			.publishOn(Schedulers.parallel());
	}

	private Flux<Object> guarded(Held held, CallLock.Work work) {
		Flux<Object> result = Flux.<Object>defer(() -> {
			try {
				@Nullable Publisher<?> publisher = (Publisher<?>) held.within(() -> work.run(held)).value();
				return (publisher != null) ? Flux.<Object>from(publisher) : Flux.empty();
			}
			catch (Exception ex) {
				return Flux.error(ex);
			}
		});
		if (this.options.onLoss() == LossPolicy.INTERRUPT) {
			result = result.takeUntilOther(Mono.create((sink) -> held.onLost(() -> tell(held.loss(), sink::error))));
		}
		if (this.options.onLoss() != LossPolicy.LOG) {
			result = result.concatWith(Mono.defer(() -> {
				@Nullable LockLostException lost = held.loss();
				return (lost != null) ? Mono.error(lost) : Mono.empty();
			}));
		}
		return result.contextWrite(
				(context) -> context.put((held instanceof Held.One) ? Lease.class : MultiLease.class, held.lease()));
	}

	private static void tell(@Nullable LockLostException lost, Consumer<LockLostException> target) {
		if (lost != null) {
			target.accept(lost);
		}
	}

	/** A loss is suppressed into another failure. */
	private Publisher<?> fail(CompletableFuture<? extends AutoCloseable> acquiring, Throwable failure) {
		return Mono.fromRunnable(() -> held(acquiring).ifPresent((held) -> {
			@Nullable LockLostException lost = held.end(this.options.onLoss());
			if (lost != null && !(failure instanceof LockLostException)) {
				failure.addSuppressed(lost);
			}
		})).subscribeOn(Schedulers.boundedElastic());
	}

	/** On a thread that may block, as a release is a request. */
	private static Publisher<?> release(CompletableFuture<? extends AutoCloseable> acquiring) {
		return Mono.fromRunnable(() -> {
			if (!acquiring.cancel(false)) {
				held(acquiring).ifPresent(Held::close);
			}
		}).subscribeOn(Schedulers.boundedElastic());
	}

	private static Optional<Held> held(CompletableFuture<? extends AutoCloseable> acquiring) {
		return (acquiring.isDone() && !acquiring.isCompletedExceptionally()) ? Optional.of(Held.of(acquiring.join()))
				: Optional.empty();
	}

}
