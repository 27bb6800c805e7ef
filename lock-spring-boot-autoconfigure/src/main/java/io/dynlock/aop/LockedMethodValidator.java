package io.dynlock.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.dynlock.LockConfigurationException;
import io.dynlock.annotation.WithDistributedLock;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Looks at every annotated method when the application starts, and refuses those that
 * would silently run without their lock.
 */
public final class LockedMethodValidator implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DistributedLockAdvisor advisor;

	/**
	 * Creates the validator.
	 * @param beanFactory has the beans
	 * @param advisor understands their annotations
	 */
	public LockedMethodValidator(ConfigurableListableBeanFactory beanFactory, DistributedLockAdvisor advisor) {
		this.beanFactory = beanFactory;
		this.advisor = advisor;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && AnnotationUtils.isCandidateClass(type, WithDistributedLock.class)) {
				LockSpecSource.declaringTypes(type).forEach(types::add);
			}
		}
		types.forEach(this::validate);
	}

	private void validate(Class<?> type) {
		Set<Method> methods = new LinkedHashSet<>();
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, ReflectionUtils.USER_DECLARED_METHODS)) {
			if (LockSpecSource.isLocked(method, type)) {
				methods.add(AopUtils.getMostSpecificMethod(method, type));
			}
		}
		methods.forEach((method) -> validate(method, type));
	}

	private void validate(Method method, Class<?> type) {
		boolean onMethod = AnnotatedElementUtils.hasAnnotation(method, WithDistributedLock.class);
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
			if (!onMethod && Modifier.isStatic(modifiers)) {
				return;
			}
			throw refusal(method,
					"it is " + Modifier.toString(modifiers & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)),
					onMethod ? "Make it a public method that is neither static nor final, and call it through its bean."
							: "Make it a method that is not final, or annotate the methods to be locked instead of"
									+ " their class.");
		}
		if (ReactiveTypes.isReactive(method.getReturnType()) && !ReactiveTypes.isReactor(method.getReturnType())) {
			throw refusal(method,
					"it returns a reactive " + method.getReturnType().getSimpleName()
							+ ", which does its work after the lock would be released",
					"Return Reactor's Mono or Flux itself, or a CompletionStage, for example with toFuture(), or use"
							+ " DistributedLockTemplate.");
		}
		if (CompletionStage.class.isAssignableFrom(method.getReturnType())
				&& !method.getReturnType().isAssignableFrom(CompletableFuture.class)) {
			throw refusal(method,
					"it returns a " + method.getReturnType().getSimpleName()
							+ ", which cannot be replaced by a stage that completes after the release",
					"Return a CompletionStage or CompletableFuture.");
		}
		if (Arrays.stream(method.getParameterTypes())
			.anyMatch((parameter) -> parameter.getName().equals("kotlin.coroutines.Continuation"))) {
			throw refusal(method, "it is a Kotlin suspend function, which goes on in other threads",
					"Make it a normal function, or use DistributedLockTemplate.");
		}
		this.advisor.verify(method, type);
	}

	private static LockConfigurationException refusal(Method method, String reason, String remedy) {
		return new LockConfigurationException(
				"@WithDistributedLock on " + LockKeyEvaluator.describe(method) + " cannot work: " + reason + ".",
				remedy);
	}

}
