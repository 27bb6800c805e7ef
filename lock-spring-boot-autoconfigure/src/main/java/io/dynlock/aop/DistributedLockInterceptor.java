package io.dynlock.aop;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.dynlock.LockOptions;
import io.dynlock.annotation.OnBusy;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * Runs an annotated method under its lock.
 */
final class DistributedLockInterceptor implements MethodInterceptor {

	private final LockBeans beans;

	DistributedLockInterceptor(LockBeans beans) {
		this.beans = beans;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		LockedCall call = LockedCall.of(invocation, this.beans.specs());
		LockSpec spec = this.beans.specs().specOf(call.method(), call.targetClass());
		CallLock lock = CallLock.of(spec, this.beans.locks(spec.client()), this.beans.keys().keys(spec, call));
		LockOptions options = this.beans.keys().options(spec, call);
		Class<?> returnType = call.method().getReturnType();
		if (CompletionStage.class.isAssignableFrom(returnType)) {
			Optional<Held> held = acquire(lock, options, spec.onBusy());
			return held.isPresent()
					? LockedStage.run(held.get(), options.onLoss(), () -> proceed(invocation, spec, held.get()))
					: Result.skipped(returnType).value();
		}
		if (ReactiveTypes.isReactor(returnType)) {
			return new LockedPublisher(lock, options, spec.onBusy()).under(returnType,
					(held) -> proceed(((ProxyMethodInvocation) invocation).invocableClone(), spec, held));
		}
		return execute(lock, options, spec.onBusy(), (held) -> proceed(invocation, spec, held))
			.orElseGet(() -> Result.skipped(returnType))
			.value();
	}

	private static Optional<Result> execute(CallLock lock, LockOptions options, OnBusy onBusy, CallLock.Work work)
			throws Exception {
		return (onBusy == OnBusy.SKIP) ? lock.tryExecute(options, work) : Optional.of(lock.execute(options, work));
	}

	private static Optional<Held> acquire(CallLock lock, LockOptions options, OnBusy onBusy) {
		return (onBusy == OnBusy.SKIP) ? lock.tryAcquire(options) : Optional.of(lock.acquire(options));
	}

	private static Result proceed(MethodInvocation invocation, LockSpec spec, Held held) throws Exception {
		spec.leaseParameter().fill(invocation, held);
		return held.call(() -> {
			try {
				return new Result(invocation.proceed());
			}
			catch (Exception | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new UndeclaredThrowableException(ex);
			}
		});
	}

}
