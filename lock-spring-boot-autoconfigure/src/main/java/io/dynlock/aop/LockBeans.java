package io.dynlock.aop;

import java.util.function.Supplier;

import io.dynlock.DistributedLockOperations;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringValueResolver;

/**
 * What the advice needs of the application. The locks are looked up when they are first
 * used, so that the advice, which comes before all other beans, draws none of them in.
 */
final class LockBeans {

	private final Supplier<DistributedLockOperations> locks;

	private final LockSpecSource specs;

	private final LockKeyEvaluator keys;

	LockBeans(Supplier<DistributedLockOperations> locks, StringValueResolver placeholders, BeanFactory beanFactory) {
		this.locks = locks;
		this.specs = new LockSpecSource(() -> locks.get().options(), placeholders);
		this.keys = new LockKeyEvaluator(beanFactory);
	}

	DistributedLockOperations locks() {
		return this.locks.get();
	}

	LockSpecSource specs() {
		return this.specs;
	}

	LockKeyEvaluator keys() {
		return this.keys;
	}

}
