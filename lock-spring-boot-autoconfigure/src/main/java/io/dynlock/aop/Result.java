package io.dynlock.aop;

import java.lang.reflect.Array;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a method returned, or returns when it did not run.
 *
 * @param value the value, which may be {@code null}
 */
record Result(@Nullable Object value) {

	private static final Map<Class<?>, Object> OPTIONALS = Map.of(Optional.class, Optional.empty(), OptionalInt.class,
			OptionalInt.empty(), OptionalLong.class, OptionalLong.empty(), OptionalDouble.class,
			OptionalDouble.empty());

	/**
	 * What a method that did not run returns.
	 * @param returnType the type that it declares
	 */
	static Result skipped(Class<?> returnType) {
		Object empty = OPTIONALS.get(returnType);
		if (empty != null) {
			return new Result(empty);
		}
		if (CompletionStage.class.isAssignableFrom(returnType)) {
			return new Result(CompletableFuture.completedFuture(null));
		}
		return new Result(zero(returnType));
	}

	private static @Nullable Object zero(Class<?> type) {
		if (!type.isPrimitive() || type == void.class) {
			return null;
		}
		return Array.get(Array.newInstance(type, 1), 0);
	}

}
