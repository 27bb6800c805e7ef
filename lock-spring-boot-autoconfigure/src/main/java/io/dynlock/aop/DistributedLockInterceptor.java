package io.dynlock.aop;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LockCallback;
import io.dynlock.LockOptions;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

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
		LockedCall call = LockedCall.of(invocation);
		LockSpec spec = this.beans.specs().specOf(call.method(), call.targetClass());
		String key = this.beans.keys().key(spec, call);
		LockOptions options = this.beans.keys().options(spec, call);
		boolean skip = spec.onBusy() == OnBusy.SKIP;
		Class<?> returnType = call.method().getReturnType();
		if (CompletionStage.class.isAssignableFrom(returnType)) {
			Optional<Lease> lease = acquire(key, options, skip);
			return lease.isPresent()
					? LockedStage.run(lease.get(), options.onLoss(), () -> proceed(invocation, lease.get()).value())
					: Result.skipped(returnType).value();
		}
		return execute(key, options, skip, (lease) -> proceed(invocation, lease))
			.orElseGet(() -> Result.skipped(returnType))
			.value();
	}

	private Optional<Result> execute(String key, LockOptions options, boolean skip,
			LockCallback<Result, Exception> callback) throws Exception {
		DistributedLockOperations locks = this.beans.locks();
		return skip ? locks.tryExecute(key, options, callback) : Optional.of(locks.execute(key, options, callback));
	}

	private Optional<Lease> acquire(String key, LockOptions options, boolean skip) {
		DistributedLockOperations locks = this.beans.locks();
		return skip ? locks.tryAcquire(key, options) : Optional.of(locks.acquire(key, options));
	}

	private static Result proceed(MethodInvocation invocation, Lease lease) throws Exception {
		return LockContext.callWith(lease, () -> {
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
