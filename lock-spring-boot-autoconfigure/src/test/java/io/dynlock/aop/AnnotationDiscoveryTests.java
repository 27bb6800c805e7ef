package io.dynlock.aop;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.function.Consumer;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where the annotation is found, and what runs under its lock.
 */
class AnnotationDiscoveryTests {

	@LockTest
	@TestPropertySource(properties = "spring.aop.proxy-target-class=true")
	@Nested
	class ClassProxies extends Cases {

		@Test
		void areUsed(@Autowired OfTheInterface ofTheInterface) {
			assertThat(AopUtils.isCglibProxy(ofTheInterface)).isTrue();
		}

		@Test
		void theClassIsMeantForItsPublicMethods(@Autowired OfTheClass ofTheClass) {
			assertThat(ofTheClass.one()).contains("class");
			assertThat(ofTheClass.inherited()).contains("class");
			assertThat(ofTheClass.packagePrivate()).isEmpty();
		}

		@Test
		void theMethodWinsOverItsClass(@Autowired OfTheClass ofTheClass) {
			assertThat(ofTheClass.two()).contains("method:2");
		}

		@Test
		void theClassIsMeantForItsSubclasses(@Autowired Subclass subclass) {
			assertThat(subclass.three()).contains("class");
		}

		@Test
		void packagePrivateMethodsMayBeAnnotated(@Autowired OfTheMethod ofTheMethod) {
			assertThat(ofTheMethod.packagePrivate()).contains("package-private");
		}

		@Test
		void anotherMethodOfTheSameClassIsNotLocked(@Autowired OfTheMethod ofTheMethod) {
			assertThat(ofTheMethod.notAnnotated()).isEmpty();
		}

		@Test
		void composedAnnotationsPassTheirAttributesOn(@Autowired OfTheMethod ofTheMethod) {
			assertThat(ofTheMethod.composed("17")).contains("nightly:17");
		}

	}

	@LockTest
	@TestPropertySource(properties = "spring.aop.proxy-target-class=false")
	@Nested
	class InterfaceProxies extends Cases {

		@Test
		void areUsed(@Autowired Task task) {
			assertThat(AopUtils.isJdkDynamicProxy(task)).isTrue();
		}

	}

	@Import({ OfTheInterface.class, OfTheClass.class, Subclass.class, OfTheMethod.class, OrderHandler.class,
			FailingBean.class, InnerBean.class, NestingBean.class, OrderedBean.class, Outside.class, Inside.class })
	abstract static class Cases {

		@Autowired
		private Task task;

		@Autowired
		private Handler<String> handler;

		@Autowired
		private Failing failing;

		@Autowired
		private DistributedLockOperations locks;

		@Autowired
		private Nesting nesting;

		@Autowired
		private Ordered ordered;

		@Test
		void annotationOfAnInterfaceMethod() {
			assertThat(this.task.work("17")).contains("task:17");
		}

		@Test
		void annotationOfADefaultMethod() {
			assertThat(this.task.rest()).contains("rest");
		}

		@Test
		void annotationOfAMethodThatIsCalledThroughABridge() {
			assertThat(this.handler.handle("order")).contains("handler:order");
		}

		@Test
		void exceptionsArriveUnchangedAndTheLockIsReleased() {
			for (Throwable failure : new Throwable[] { new IOException("checked"),
					new IllegalStateException("unchecked"), new LinkageError("error") }) {
				assertThatThrownBy(() -> this.failing.fail(failure)).isSameAs(failure);
				assertThat(failure.getSuppressed()).isEmpty();
				assertThat(this.locks.status("failing").isHeld()).isFalse();
			}
		}

		@Test
		void theContextHasTheInnermostLease() {
			assertThat(this.nesting.outer()).isEqualTo("outer inner outer");
		}

		@Test
		void aMethodUnderTheSameLockSharesTheLease() {
			assertThat(this.nesting.again()).isTrue();
			assertThat(this.locks.status("inner").isHeld()).isFalse();
		}

		@Test
		void thereIsNoContextOutside() {
			this.nesting.outer();
			assertThat(LockContext.find()).isEmpty();
			assertThatIllegalStateException().isThrownBy(LockContext::current)
				.withMessageStartingWith("No lock is held here");
		}

		@Test
		void theLeaseIsARealOne() {
			this.nesting.withLease((lease) -> {
				assertThat(lease.isValid()).isTrue();
				assertThat(lease.fencingToken()).isPositive();
				assertThat(this.locks.status(lease.key()).isHeld()).isTrue();
			});
			assertThat(this.locks.status("lease").isHeld()).isFalse();
		}

		@Test
		void aspectsOfTheApplicationAreOutsideOrInsideByTheirOrder() {
			assertThat(this.ordered.run()).isEqualTo("outside: false, inside: true, method: true");
		}

	}

	@Target({ ElementType.METHOD, ElementType.TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@WithDistributedLock(name = "nightly", onBusy = OnBusy.SKIP)
	@interface Nightly {

		@AliasFor(annotation = WithDistributedLock.class, attribute = "key")
		String of() default "";

	}

	interface Task {

		@WithDistributedLock(name = "task", key = "#id")
		Optional<String> work(String id);

		@WithDistributedLock(name = "rest")
		default Optional<String> rest() {
			return heldHere();
		}

	}

	static class OfTheInterface implements Task {

		@Override
		public Optional<String> work(String id) {
			return heldHere();
		}

	}

	static class Base {

		public Optional<String> inherited() {
			return heldHere();
		}

	}

	@WithDistributedLock(name = "class")
	static class OfTheClass extends Base {

		public Optional<String> one() {
			return heldHere();
		}

		@WithDistributedLock(name = "method", key = "2")
		public Optional<String> two() {
			return heldHere();
		}

		Optional<String> packagePrivate() {
			return heldHere();
		}

	}

	@WithDistributedLock(name = "class")
	static class AnnotatedBase {

	}

	static class Subclass extends AnnotatedBase {

		public Optional<String> three() {
			return heldHere();
		}

	}

	static class OfTheMethod {

		@Nightly(of = "#id")
		public Optional<String> composed(String id) {
			return heldHere();
		}

		@WithDistributedLock(name = "package-private")
		Optional<String> packagePrivate() {
			return heldHere();
		}

		public Optional<String> notAnnotated() {
			return heldHere();
		}

	}

	interface Handler<T> {

		Optional<String> handle(T subject);

	}

	static class OrderHandler implements Handler<String> {

		@Override
		@WithDistributedLock(name = "handler", key = "#order")
		public Optional<String> handle(String order) {
			return heldHere();
		}

	}

	interface Failing {

		void fail(Throwable failure) throws IOException;

	}

	static class FailingBean implements Failing {

		@Override
		@WithDistributedLock(name = "failing")
		public void fail(Throwable failure) throws IOException {
			if (failure instanceof Error error) {
				throw error;
			}
			if (failure instanceof RuntimeException unchecked) {
				throw unchecked;
			}
			throw (IOException) failure;
		}

	}

	interface Nesting {

		String outer();

		boolean again();

		void withLease(Consumer<Lease> action);

	}

	interface Inner {

		String inner();

	}

	static class InnerBean implements Inner {

		@Override
		@WithDistributedLock(name = "inner")
		public String inner() {
			return LockContext.current().name();
		}

	}

	static class NestingBean implements Nesting {

		private final Inner inner;

		NestingBean(Inner inner) {
			this.inner = inner;
		}

		@Override
		@WithDistributedLock(name = "outer")
		public String outer() {
			return LockContext.current().name() + " " + this.inner.inner() + " " + LockContext.current().name();
		}

		@Override
		@WithDistributedLock(name = "inner")
		public boolean again() {
			long token = LockContext.current().fencingToken();
			return this.inner.inner().equals("inner") && LockContext.current().fencingToken() == token
					&& LockContext.current().isValid();
		}

		@Override
		@WithDistributedLock(name = "lease")
		public void withLease(Consumer<Lease> action) {
			action.accept(LockContext.current());
		}

	}

	interface Ordered {

		String run();

	}

	static class OrderedBean implements Ordered {

		@Override
		@WithDistributedLock(name = "ordered")
		public String run() {
			return "method: " + LockContext.find().isPresent();
		}

	}

	@Aspect
	@Order(0)
	static class Outside {

		@Around("execution(* *..OrderedBean.run(..))")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return "outside: " + LockContext.find().isPresent() + ", " + call.proceed();
		}

	}

	/** Without an order, and so innermost, like transactions. */
	@Aspect
	static class Inside {

		@Around("execution(* *..OrderedBean.run(..))")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return "inside: " + LockContext.find().isPresent() + ", " + call.proceed();
		}

	}

	private static Optional<String> heldHere() {
		return LockContext.find().map(Lease::key);
	}

}
