package io.dynlock.aop;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dynlock.LeaseMode;
import io.dynlock.LockConfigurationException;
import io.dynlock.LockOptions;
import io.dynlock.LossPolicy;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Finds the annotation of a method, and understands it once. An annotation on the method
 * wins over one on its class; composed annotations count.
 */
final class LockSpecSource {

	private final Map<MethodClassKey, LockSpec> specs = new ConcurrentHashMap<>(64);

	private final Map<CalledType, Class<?>> annotatedTypes = new ConcurrentHashMap<>(64);

	private final Function<String, LockOptions> defaults;

	private final StringValueResolver placeholders;

	/**
	 * Creates the source.
	 * @param defaults gives the options of a client
	 * @param placeholders resolves placeholders
	 */
	LockSpecSource(Function<String, LockOptions> defaults, StringValueResolver placeholders) {
		this.defaults = defaults;
		this.placeholders = placeholders;
	}

	/**
	 * Whether a method is to be locked.
	 * @param method the method
	 * @param targetClass the class on which it is called
	 */
	static boolean isLocked(Method method, Class<?> targetClass) {
		return annotation(AopUtils.getMostSpecificMethod(method, targetClass), targetClass).isPresent();
	}

	/**
	 * The type through which a method of an object is annotated. Where the object is a
	 * proxy of Spring's own, such as a repository, its target need not have the
	 * annotation: then it is a type of the proxy itself.
	 * @param method the method that is called
	 * @param target the object on which it is called
	 */
	Class<?> annotatedType(Method method, Object target) {
		Class<?> targetClass = AopUtils.getTargetClass(target);
		return this.annotatedTypes.computeIfAbsent(new CalledType(method, targetClass, target.getClass()),
				(called) -> Stream.concat(declaringTypes(targetClass), declaringTypes(target.getClass()))
					.filter((type) -> method.getDeclaringClass().isAssignableFrom(type) && isLocked(method, type))
					.findFirst()
					.orElse(targetClass));
	}

	/**
	 * Of a proxy the interfaces, since its own methods are all final, and do not know the
	 * names of their arguments.
	 */
	static Stream<Class<?>> declaringTypes(Class<?> type) {
		return Proxy.isProxyClass(type) ? Arrays.stream(type.getInterfaces())
				: Stream.of(ClassUtils.getUserClass(type));
	}

	/**
	 * What the annotation of a method asks for.
	 * @param method the method
	 * @param targetClass the class on which it is called
	 * @throws LockConfigurationException if a text of the annotation cannot be understood
	 */
	LockSpec specOf(Method method, Class<?> targetClass) {
		return this.specs.computeIfAbsent(new MethodClassKey(method, targetClass),
				(key) -> understand(AopUtils.getMostSpecificMethod(method, targetClass), targetClass));
	}

	private LockSpec understand(Method method, Class<?> targetClass) {
		WithDistributedLock annotation = annotation(method, targetClass)
			.orElseThrow(() -> new IllegalStateException(LockKeyEvaluator.describe(method) + " is not annotated"));
		Texts texts = new Texts(method, this.placeholders);
		String client = texts.resolve("client", annotation.client());
		LockOptions.Builder options = texts.parse("client", client, this.defaults).toBuilder();
		if (annotation.onBusy() == OnBusy.SKIP) {
			options.waitTimeout(Duration.ZERO);
		}
		if (texts.resolve("name", annotation.name()).isEmpty()) {
			throw texts.problem("name", annotation.name(), "it is empty", null);
		}
		texts.apply("name", annotation.name(), Function.identity(), options::name);
		String wait = texts.resolve("waitTimeout", annotation.waitTimeout());
		boolean waitIsExpression = wait.startsWith("#");
		if (!waitIsExpression) {
			texts.apply("waitTimeout", wait, DurationStyle::detectAndParse, options::waitTimeout);
		}
		texts.apply("maxRetries", annotation.maxRetries(), Integer::valueOf, options::maxRetries);
		texts.apply("leaseDuration", annotation.leaseDuration(), DurationStyle::detectAndParse, options::leaseDuration);
		texts.apply("leaseMode", annotation.leaseMode(), (text) -> constant(LeaseMode.class, text), options::leaseMode);
		texts.apply("minHold", annotation.minHold(), DurationStyle::detectAndParse, options::minHold);
		texts.apply("note", annotation.note(), Function.identity(), options::note);
		texts.apply("onLost", annotation.onLost(), (text) -> constant(LossPolicy.class, text), options::onLoss);
		LockOptions built = options.build();
		boolean several = annotation.keys().length > 0;
		return new LockSpec(built.name(), client, several, keyExpressions(annotation, texts),
				waitIsExpression ? wait : "", built, annotation.onBusy(), LeaseParameter.of(method, several));
	}

	private static List<String> keyExpressions(WithDistributedLock annotation, Texts texts) {
		String key = texts.resolve("key", annotation.key());
		if (annotation.keys().length == 0) {
			return key.isEmpty() ? List.of() : List.of(key);
		}
		if (!key.isEmpty()) {
			throw texts.problem("key", key, "keys is set as well; set one of the two", null);
		}
		return Arrays.stream(annotation.keys()).map((each) -> {
			String resolved = texts.resolve("keys", each);
			if (resolved.isEmpty()) {
				throw texts.problem("keys", each, "it is empty", null);
			}
			return resolved;
		}).toList();
	}

	private static <E extends Enum<E>> E constant(Class<E> type, String text) {
		try {
			return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("use one of " + Arrays.toString(type.getEnumConstants()), ex);
		}
	}

	private static Optional<WithDistributedLock> annotation(Method method, Class<?> targetClass) {
		Optional<WithDistributedLock> onMethod = find(method);
		if (onMethod.isPresent() || !Modifier.isPublic(method.getModifiers())
				|| method.getDeclaringClass() == Object.class) {
			return onMethod;
		}
		return find(targetClass);
	}

	private static Optional<WithDistributedLock> find(AnnotatedElement element) {
		return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(element, WithDistributedLock.class));
	}

	/**
	 * On what a method is called.
	 *
	 * @param method the method
	 * @param targetClass the class of the innermost target
	 * @param proxyClass the class of what is called, which is the same without a proxy
	 */
	private record CalledType(Method method, Class<?> targetClass, Class<?> proxyClass) {

	}

	/** The texts of one annotation. */
	private record Texts(Method method, StringValueResolver placeholders) {

		<T> void apply(String attribute, String text, Function<String, T> parser, Consumer<T> target) {
			String resolved = resolve(attribute, text);
			if (!resolved.isEmpty()) {
				parse(attribute, resolved, (value) -> {
					target.accept(parser.apply(value));
					return value;
				});
			}
		}

		<T> T parse(String attribute, String resolved, Function<String, T> parser) {
			try {
				return parser.apply(resolved);
			}
			catch (IllegalArgumentException ex) {
				throw problem(attribute, resolved, String.valueOf(ex.getMessage()), ex);
			}
		}

		String resolve(String attribute, String text) {
			try {
				return Optional.ofNullable(this.placeholders.resolveStringValue(text)).orElse("").strip();
			}
			catch (IllegalArgumentException ex) {
				throw problem(attribute, text, String.valueOf(ex.getMessage()), ex);
			}
		}

		LockConfigurationException problem(String attribute, String text, String problem, @Nullable Exception cause) {
			String description = "The attribute " + attribute + " = \"" + text + "\" of @WithDistributedLock on "
					+ LockKeyEvaluator.describe(this.method) + " cannot be used: " + problem + ".";
			String remedy = "Correct the annotation, or the property that its placeholder names.";
			return (cause != null) ? new LockConfigurationException(description, remedy, cause)
					: new LockConfigurationException(description, remedy);
		}

	}

}
