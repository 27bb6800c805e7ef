package io.dynlock.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Ternary;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * What can be known of an expression before the first call.
 */
final class ExpressionCheck {

	private final BeanFactory beanFactory;

	private final ParameterNameDiscoverer names;

	ExpressionCheck(BeanFactory beanFactory, ParameterNameDiscoverer names) {
		this.beanFactory = beanFactory;
		this.names = names;
	}

	/**
	 * What is wrong with an expression.
	 * @param root the expression
	 * @param method the annotated method
	 * @return empty when nothing is known to be wrong
	 */
	Optional<Problem> problem(SpelNode root, Method method) {
		if (root instanceof Literal literal) {
			@Nullable Object value = literal.getLiteralValue().getValue();
			return (value == null || value.toString().isBlank())
					? Optional.of(Problem.of("always gives " + ((value != null) ? "a blank text" : "null")))
					: Optional.empty();
		}
		return problem(root, variables(method), true);
	}

	/**
	 * Where there is a choice, a variable may be missing on purpose.
	 * @param ofRoot whether a name without anything before it is one of the root
	 */
	private Optional<Problem> problem(SpelNode node, Set<String> variables, boolean ofRoot) {
		if (node instanceof Elvis || node instanceof Ternary || node instanceof Assign) {
			return Optional.empty();
		}
		if (node instanceof VariableReference && !variables.contains(node.toStringAST())) {
			return Optional.of(Problem
				.of("names " + node.toStringAST() + ", but the method has no such argument (if it has: compile"
						+ " with -parameters); there are " + variables));
		}
		if (node instanceof BeanReference && !isBean(node.toStringAST())) {
			return Optional.of(Problem.of("names the bean " + node.toStringAST() + ", which does not exist"));
		}
		if (ofRoot && node instanceof PropertyOrFieldReference property
				&& !LockRoot.PROPERTIES.contains(property.getName())) {
			return Optional.of(Problem.ofName(property.getName()));
		}
		return IntStream.range(0, node.getChildCount())
			.mapToObj((child) -> problem(node.getChild(child), variables, ofRoot && isOfRoot(node, child)))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/** Names elsewhere are of what stands before them, of its elements or of entries. */
	private static boolean isOfRoot(SpelNode node, int child) {
		return (node instanceof CompoundExpression) ? child == 0 || node.getChild(child) instanceof MethodReference
				: !(node instanceof InlineMap);
	}

	private boolean isBean(String reference) {
		String name = reference.replaceFirst("^[@&]+", "").replaceAll("^'(.*)'$", "$1");
		return this.beanFactory.containsBean(name);
	}

	private Set<String> variables(Method method) {
		Set<String> variables = new LinkedHashSet<>();
		@Nullable String @Nullable [] parameters = this.names.getParameterNames(method);
		if (parameters != null) {
			Arrays.stream(parameters).forEach((parameter) -> variables.add("#" + parameter));
		}
		for (int i = 0; i < method.getParameterCount(); i++) {
			variables.addAll(List.of("#a" + i, "#p" + i));
		}
		variables.addAll(List.of("#root", "#this"));
		return variables;
	}

	/**
	 * What is wrong with an expression.
	 *
	 * @param text the end of a sentence that begins with the expression
	 * @param remedy what to write instead, if that is known
	 */
	record Problem(String text, Optional<String> remedy) {

		private static Problem of(String text) {
			return new Problem(text, Optional.empty());
		}

		private static Problem ofName(String name) {
			return new Problem("names " + name + ", which is none of " + LockRoot.PROPERTIES + " of #root",
					Optional.of("Write #" + name + " for an argument, or '" + name + "' in quotes for a text."));
		}

	}

}
