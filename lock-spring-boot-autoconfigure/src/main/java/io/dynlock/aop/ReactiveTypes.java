package io.dynlock.aop;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Types that do their work when they are subscribed to, after the method has returned.
 * Told by their names, since their libraries need not be there.
 */
final class ReactiveTypes {

	private static final Set<String> REACTOR = Set.of("reactor.core.publisher.Mono", "reactor.core.publisher.Flux");

	private static final Set<String> REACTIVE = Set.of("org.reactivestreams.Publisher",
			"java.util.concurrent.Flow$Publisher", "io.reactivex.rxjava3.core.CompletableSource",
			"io.reactivex.rxjava3.core.MaybeSource", "io.reactivex.rxjava3.core.ObservableSource",
			"io.reactivex.rxjava3.core.SingleSource", "io.smallrye.mutiny.Uni", "kotlinx.coroutines.flow.Flow");

	private ReactiveTypes() {
	}

	/** Whether a method that returns this can be locked, as {@link LockedPublisher}. */
	static boolean isReactor(Class<?> type) {
		return REACTOR.contains(type.getName());
	}

	/** Whether it is any reactive type. */
	static boolean isReactive(@Nullable Class<?> type) {
		return type != null && (REACTIVE.contains(type.getName()) || isReactive(type.getSuperclass())
				|| Arrays.stream(type.getInterfaces()).anyMatch(ReactiveTypes::isReactive));
	}

}
