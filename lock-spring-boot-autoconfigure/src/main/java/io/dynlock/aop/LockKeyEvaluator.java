package io.dynlock.aop;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.dynlock.LockConfigurationException;
import io.dynlock.LockOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.expression.AnnotatedElementKey;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.CachedExpressionEvaluator;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Makes the key of a lock, and how long to wait for it, from expressions and the
 * arguments of a call. Each expression is parsed once.
 */
final class LockKeyEvaluator extends CachedExpressionEvaluator {

	private final Map<ExpressionKey, Expression> expressions = new ConcurrentHashMap<>(64);

	/** Its accessors are shared by all calls, so that they remember how to read what. */
	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	private final ExpressionCheck check;

	LockKeyEvaluator(BeanFactory beanFactory) {
		this.shared.setBeanResolver(new BeanFactoryResolver(beanFactory));
		this.check = new ExpressionCheck(beanFactory, getParameterNameDiscoverer());
	}

	/**
	 * The keys for a call.
	 * @param spec what the annotation asks for
	 * @param call the call
	 * @return one key, or, where several locks are taken, at least one
	 * @throws IllegalArgumentException if an expression gives no usable key
	 */
	List<String> keys(LockSpec spec, LockedCall call) {
		if (spec.keyExpressions().isEmpty()) {
			return List.of(spec.name());
		}
		List<String> keys = new ArrayList<>();
		for (String expression : spec.keyExpressions()) {
			Object value = value(expression, call);
			if (spec.isMulti() && (value instanceof Collection<?> || value instanceof Object[])) {
				Collection<?> values = (value instanceof Collection<?> collection) ? collection
						: Arrays.asList((Object[]) value);
				if (values.isEmpty()) {
					throw new IllegalArgumentException(describe(expression, call.method())
							+ " gives an empty list, so there is nothing to lock; call the method only with something"
							+ " to do");
				}
				values.forEach((each) -> keys.add(key(spec, each, expression, call)));
			}
			else {
				keys.add(key(spec, value, expression, call));
			}
		}
		return keys;
	}

	private static String key(LockSpec spec, @Nullable Object value, String expression, LockedCall call) {
		return spec.name() + ":" + text(value, expression, call.method());
	}

	/**
	 * The options for a call.
	 * @param spec what the annotation asks for
	 * @param call the call
	 * @throws IllegalArgumentException if the expression gives no usable wait timeout
	 */
	LockOptions options(LockSpec spec, LockedCall call) {
		if (spec.waitExpression().isEmpty()) {
			return spec.options();
		}
		Object wait = value(spec.waitExpression(), call);
		if (wait == null) {
			return spec.options();
		}
		String text = (wait instanceof Duration duration) ? duration.toString()
				: text(wait, spec.waitExpression(), call.method());
		try {
			return spec.options().toBuilder().waitTimeout(DurationStyle.detectAndParse(text)).build();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(describe(spec.waitExpression(), call.method())
					+ " gives no usable wait timeout: " + ex.getMessage(), ex);
		}
	}

	private Expression expression(String text, Method method, Class<?> targetClass) {
		return getExpression(this.expressions, new AnnotatedElementKey(method, targetClass), text);
	}

	/**
	 * Parses the expressions, so that a mistake shows before the first call.
	 * @param spec what the annotation asks for
	 * @param method the annotated method
	 * @param targetClass its class
	 * @throws LockConfigurationException if one cannot be parsed, or can give no value
	 */
	void verify(LockSpec spec, Method method, Class<?> targetClass) {
		for (String text : spec.keyExpressions()) {
			verify(text, method, targetClass, "key",
					"Correct the expression, so that it gives a text, a number or the like for every call.");
		}
		if (!spec.waitExpression().isEmpty()) {
			verify(spec.waitExpression(), method, targetClass, "wait timeout",
					"Correct the expression, so that it gives a duration, or null where the default is to apply.");
		}
	}

	private void verify(String text, Method method, Class<?> targetClass, String what, String remedy) {
		SpelNode root = ((SpelExpression) parse(text, method, targetClass)).getAST();
		this.check.problem(root, method).ifPresent((problem) -> {
			throw new LockConfigurationException(
					describe(text, method) + " can give no " + what + ": it " + problem.text() + ".",
					problem.remedy().orElse(remedy));
		});
	}

	private Expression parse(String text, Method method, Class<?> targetClass) {
		try {
			return expression(text, method, targetClass);
		}
		catch (ParseException ex) {
			throw new LockConfigurationException(describe(text, method) + " cannot be parsed: " + ex.getMessage() + ".",
					"Write it in the Spring Expression Language, for example #environment for an argument,"
							+ " or 'text' in quotes for a fixed text.",
					ex);
		}
	}

	private @Nullable Object value(String text, LockedCall call) {
		MethodBasedEvaluationContext context = call.context(getParameterNameDiscoverer());
		this.shared.applyDelegatesTo(context);
		try {
			return expression(text, call.method(), call.targetClass()).getValue(context);
		}
		catch (EvaluationException ex) {
			throw new IllegalArgumentException(
					describe(text, call.method()) + " cannot be evaluated: " + ex.getMessage(), ex);
		}
	}

	private static String text(@Nullable Object value, String expression, Method method) {
		String what = describe(expression, method);
		if (value == null) {
			throw new IllegalArgumentException(what + " gives null (if it names an argument: compile with -parameters);"
					+ " make sure that it has a value, for example with '?:'");
		}
		if (!BeanUtils.isSimpleValueType(value.getClass())) {
			throw new IllegalArgumentException(what + " gives a " + value.getClass().getName()
					+ ", whose text need not be the same in every process; name a property of it, such as its id");
		}
		String text = (value instanceof Enum<?> constant) ? constant.name() : value.toString();
		if (text.isBlank()) {
			throw new IllegalArgumentException(what + " gives a blank text; make sure that it has a value");
		}
		return text;
	}

	private static String describe(String expression, Method method) {
		return "The expression '" + expression + "' of @WithDistributedLock on " + describe(method);
	}

	static String describe(Method method) {
		return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
	}

}
