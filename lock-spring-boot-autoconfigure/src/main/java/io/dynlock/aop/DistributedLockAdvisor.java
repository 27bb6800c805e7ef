package io.dynlock.aop;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.function.Supplier;

import io.dynlock.DistributedLockOperations;
import io.dynlock.LockConfigurationException;
import io.dynlock.annotation.WithDistributedLock;
import org.aopalliance.aop.Advice;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The aspect behind {@link WithDistributedLock}. An advisor rather than a class in
 * AspectJ's notation, because that does not see composed annotations.
 */
@SuppressWarnings("serial")
public final class DistributedLockAdvisor extends AbstractPointcutAdvisor {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient LockBeans beans;

	private final transient Advice advice;

	private final transient Pointcut pointcut = new LockedMethods();

	/**
	 * Creates the advisor.
	 * @param locks gives the locks when the first method is called
	 * @param beanFactory resolves placeholders, and beans in expressions
	 * @param order the place among other advisors; below that of {@code @Transactional}
	 * so that the lock is held around the transaction
	 */
	public DistributedLockAdvisor(Supplier<DistributedLockOperations> locks, ConfigurableBeanFactory beanFactory,
			int order) {
		this.beans = new LockBeans(locks, new EmbeddedValueResolver(beanFactory), beanFactory);
		this.advice = new DistributedLockInterceptor(this.beans);
		setOrder(order);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	/**
	 * Checks that the annotation of a method can be understood.
	 * @param method the annotated method
	 * @param targetClass its class
	 * @throws LockConfigurationException if not
	 */
	void verify(Method method, Class<?> targetClass) {
		LockSpec spec = this.beans.specs().specOf(method, targetClass);
		this.beans.keys().verify(spec, method, targetClass);
	}

	/** The methods that are annotated, themselves or through their class. */
	private static final class LockedMethods extends StaticMethodMatcherPointcut {

		LockedMethods() {
			ClassFilter filter = (type) -> AnnotationUtils.isCandidateClass(type, WithDistributedLock.class);
			setClassFilter(filter);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return LockSpecSource.isLocked(method, targetClass);
		}

	}

}
