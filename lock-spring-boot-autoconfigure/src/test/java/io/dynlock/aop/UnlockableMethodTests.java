package io.dynlock.aop;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import io.dynlock.Lease;
import io.dynlock.LockConfigurationException;
import io.dynlock.MultiLease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods whose annotation would do nothing, or cannot be understood, end the start-up.
 */
class UnlockableMethodTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

	@Nested
	class CannotWork {

		@Test
		void privateMethods() {
			assertThatIsRefused(PrivateMethods.class,
					"@WithDistributedLock on PrivateMethods.run() cannot work: it is private.",
					"Make it a public method");
		}

		@Test
		void staticMethods() {
			assertThatIsRefused(StaticMethod.class, "on StaticMethod.run() cannot work: it is static.",
					"neither static nor final");
		}

		@Test
		void finalMethods() {
			assertThatIsRefused(FinalMethods.class, "on FinalMethods.run() cannot work: it is final.",
					"neither static nor final");
		}

		@Test
		void finalMethodsOfAnAnnotatedClass() {
			assertThatIsRefused(FinalMethodsOfAnAnnotatedClass.class,
					"on FinalMethodsOfAnAnnotatedClass.run() cannot work: it is final.",
					"annotate the methods to be locked instead of their class");
		}

		@Test
		void publishers() {
			assertThatIsRefused(Publishers.class, "on Publishers.run() cannot work: it returns a reactive Publisher",
					"toFuture()");
		}

		@Test
		void publishersByWayOfAnotherInterface() {
			assertThatIsRefused(PublishersByWayOfAnotherInterface.class, "it returns a reactive SdkPublisher",
					"CompletionStage");
		}

		@Test
		void classesThatArePublishersByWayOfAnotherInterface() {
			assertThatIsRefused(ClassesThatArePublishersByWayOfAnotherInterface.class,
					"it returns a reactive MonoAlike", "CompletionStage");
		}

		@Test
		void publishersOfTheJdk() {
			assertThatIsRefused(PublishersOfTheJdk.class, "it returns a reactive Publisher", "CompletionStage");
		}

		@Test
		void stagesOfAnotherType() {
			assertThatIsRefused(StagesOfAnotherType.class, "it returns a SpecialFuture, which cannot be replaced",
					"Return a CompletionStage or CompletableFuture.");
		}

		@Test
		void suspendFunctionsOfKotlin() {
			assertThatIsRefused(SuspendFunction.class,
					"on SuspendFunction.run() cannot work: it is a Kotlin suspend function, which goes on in other threads.",
					"Make it a normal function, or use DistributedLockTemplate.");
		}

		@Test
		void methodsThatWereInherited() {
			assertThatIsRefused(MethodsThatWereInherited.class,
					"on MethodsThatWereInheritedBase.run() cannot work: it is final.", "neither static nor final");
		}

	}

	@Nested
	class CannotGetItsLease {

		@Test
		void severalLeasesOfASingleLock() {
			assertThatIsRefused(MultiLeaseOfASingleLock.class,
					"on MultiLeaseOfASingleLock.run() cannot work: its parameters are [MultiLease], but it holds a"
							+ " single lock.",
					"Declare one parameter of type Lease, or none.");
		}

		@Test
		void aSingleLeaseOfSeveralLocks() {
			assertThatIsRefused(LeaseOfSeveralLocks.class, "are [Lease], but it holds several locks",
					"Declare one parameter of type MultiLease, or none.");
		}

		@Test
		void twoParameters() {
			assertThatIsRefused(TwoLeases.class, "are [Lease, Lease], but it holds a single lock.",
					"Declare one parameter of type Lease, or none.");
		}

	}

	@Nested
	class CanGiveNoKey {

		@Test
		void aMisspeltArgument() {
			assertThatIsRefused(MisspeltArgument.class,
					"The expression '#enviroment.name()' of @WithDistributedLock on MisspeltArgument.run() can give no"
							+ " key: it names #enviroment, but the method has no such argument",
					"Correct the expression");
			assertThat(analyze(MisspeltArgument.class).getDescription())
				.contains("there are [#environment, #a0, #p0, #root, #this]");
		}

		@Test
		void aMisspeltArgumentThatWasToSayHowLongToWait() {
			assertThatIsRefused(MisspeltWait.class,
					"The expression '#wiat' of @WithDistributedLock on MisspeltWait.run() can give no wait timeout: it"
							+ " names #wiat, but the method has no such argument",
					"Correct the expression, so that it gives a duration");
		}

		@ParameterizedTest
		@ValueSource(classes = { BareName.class, BareNameWithAProperty.class, BareNameAmongOthers.class,
				BareNameAsAnArgument.class, BareNameAsTheSourceOfAProjection.class })
		void aNameWithoutItsMark(Class<?> bean) {
			assertThatIsRefused(bean,
					" of @WithDistributedLock on " + bean.getSimpleName() + ".run() can give no key: it names"
							+ " environment, which is none of [args, method, target, targetClass] of #root.",
					"Write #environment for an argument, or 'environment' in quotes for a text.");
		}

		@Test
		void aMisspeltBean() {
			assertThatIsRefused(MisspeltBean.class, "it names the bean @clok, which does not exist", "Correct");
		}

		@Test
		void aBlankText() {
			assertThatIsRefused(BlankKey.class, "The expression '' '' of @WithDistributedLock on BlankKey.run() can"
					+ " give no key: it always gives a blank text.", "Correct the expression");
		}

		@Test
		void oneOfSeveralThatIsNull() {
			assertThatIsRefused(NullAmongKeys.class, "The expression 'null'", "Correct the expression");
			assertThat(analyze(NullAmongKeys.class).getDescription()).contains("it always gives null.");
		}

		@Test
		void bothOneAndSeveral() {
			assertThatIsRefused(KeyAndKeys.class,
					"The attribute key = \"'a'\" of @WithDistributedLock on KeyAndKeys.run() cannot be used: keys is set"
							+ " as well; set one of the two.",
					"Correct the annotation");
		}

		@Test
		void anEmptyOneOfSeveral() {
			assertThatIsRefused(EmptyAmongKeys.class, "The attribute keys = \"\"", "Correct the annotation");
		}

	}

	@Nested
	class CannotBeUnderstood {

		@Test
		void lossPolicy() {
			assertThatIsRefused(UnknownLossPolicy.class,
					"The attribute onLost = \"ignore\" of @WithDistributedLock on UnknownLossPolicy.run() cannot be"
							+ " used: use one of [THROW, LOG, INTERRUPT].",
					"Correct the annotation");
		}

		@Test
		void malformedKey() {
			assertThatIsRefused(MalformedKey.class,
					"The expression '#id +' of @WithDistributedLock on MalformedKey.run() cannot be parsed",
					"Spring Expression Language");
		}

		@Test
		void malformedWaitExpression() {
			assertThatIsRefused(MalformedWaitExpression.class,
					"The expression '#(' of @WithDistributedLock on MalformedWaitExpression.run() cannot be parsed",
					"Spring Expression Language");
		}

		@Test
		void duration() {
			assertThatIsRefused(Duration.class,
					"The attribute waitTimeout = \"ten minutes\" of @WithDistributedLock on Duration.run() cannot be used",
					"Correct the annotation");
		}

		@Test
		void durationThatIsOutOfRange() {
			assertThat(analyze(DurationThatIsOutOfRange.class, "test.lease=5ms").getDescription())
				.contains("leaseDuration = \"5ms\"", "use at least PT0.3S");
		}

		@Test
		void numberOfRetries() {
			assertThatIsRefused(NumberOfRetries.class,
					"The attribute maxRetries = \"some\" of @WithDistributedLock on NumberOfRetries.run()",
					"Correct the annotation");
		}

		@Test
		void leaseMode() {
			assertThatIsRefused(LeaseMode.class,
					"leaseMode = \"eternal\" of @WithDistributedLock on LeaseMode.run() cannot be used: use one of [RENEWED,"
							+ " FIXED, PERMANENT].",
					"Correct the annotation");
		}

		@Test
		void placeholderWithoutAValue() {
			assertThatIsRefused(PlaceholderWithoutAValue.class,
					"The attribute name = \"${test.missing}\" of @WithDistributedLock on PlaceholderWithoutAValue.run()",
					"the property that its placeholder names");
		}

		@Test
		void placeholderWithoutAValueInsideTheKey() {
			assertThatIsRefused(PlaceholderWithoutAValueInsideTheKey.class,
					"The attribute key = \"'${test.missing}' + #id\" of", "placeholder");
		}

		@Test
		void nameThatIsEmpty() {
			assertThat(analyze(NameThatIsEmpty.class, "test.name=").getDescription())
				.contains("name = \"${test.name}\"", "it is empty");
		}

		@Test
		void annotationOfTheClass() {
			assertThatIsRefused(AnnotationOfTheClass.class,
					"minHold = \"-1s\" of @WithDistributedLock on AnnotationOfTheClass.run() cannot be used",
					"Correct the annotation");
		}

		@Test
		void beansThatAreCreatedLater() {
			FailureAnalysis analysis = StartUpFailures
				.of(UnlockableMethodTests.this.runner.withBean(BeansThatAreCreatedLater.class,
						BeansThatAreCreatedLater::new, (definition) -> definition.setLazyInit(true)));
			assertThat(analysis.getDescription()).contains("'#id +'");
		}

	}

	@Nested
	class Works {

		@Test
		void futuresAreAccepted() {
			assertThatStarts(FuturesAreAccepted.class);
		}

		@Test
		void staticAndPrivateMethodsOfAnAnnotatedClassAreNotMeant() {
			assertThatStarts(AnnotatedClass.class);
		}

		@Test
		void theNameMayBeNone() {
			assertThatStarts(TheNameMayBeNone.class);
		}

		@Test
		void beansThatAreProxiesOfTheirOwn() {
			SharedDynamoDb.contextRunner()
				.withBean(Task.class,
						() -> (Task) Proxy.newProxyInstance(Task.class.getClassLoader(), new Class<?>[] { Task.class },
								(proxy, method, args) -> method.getName().equals("run") ? LockContext.current().key()
										: method.getName()))
				.run((context) -> assertThat(context.getBean(Task.class).run()).isEqualTo("task"));
		}

		@Test
		void anArgumentThatOnlySomeMethodsOfTheClassHave() {
			assertThatStarts(ArgumentOfSomeMethods.class);
		}

		@ParameterizedTest
		@ValueSource(strings = { "method.name", "args[0]", "target.hashCode()", "targetClass.simpleName" })
		void namesOfTheRoot(String key) {
			UnlockableMethodTests.this.runner.withBean(KeyOfProperties.class)
				.withPropertyValues("test.key=" + key)
				.run((context) -> assertThat(context).hasNotFailed());
		}

		@ParameterizedTest
		@ValueSource(strings = { "#orders.![id]", "#orders.?[open].size()", "#orders.^[open].id", "#orders[0].id",
				"#orders.size()", "#environments[prod]", "{prod: 'a'}[prod]",
				"T(java.lang.Thread).currentThread().name", "new java.lang.String('a')", "#environments?.prod" })
		void namesOfSomethingElseThanTheRoot(String key) {
			UnlockableMethodTests.this.runner.withBean(KeyOfProperties.class)
				.withPropertyValues("test.key=" + key)
				.run((context) -> assertThat(context).hasNotFailed());
		}

		@Test
		void anArgumentThatAGenericSuperclassNamesOtherwise() {
			assertThatStarts(OrderHandler.class);
		}

		@Test
		void anExpressionOfHowLongToWaitThatGivesNothing() {
			assertThatStarts(WaitOrDefault.class);
		}

		private void assertThatStarts(Class<?> bean) {
			UnlockableMethodTests.this.runner.withBean(bean).run((context) -> assertThat(context).hasNotFailed());
		}

	}

	private void assertThatIsRefused(Class<?> bean, String description, String action) {
		FailureAnalysis analysis = analyze(bean);
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).contains(action);
		assertThat(analysis.getCause()).isInstanceOf(LockConfigurationException.class);
	}

	private FailureAnalysis analyze(Class<?> bean, String... properties) {
		return StartUpFailures.of(this.runner.withPropertyValues(properties).withBean(bean));
	}

	/** As Kotlin compiles {@code suspend fun run(id: String): String}. */
	static class SuspendFunction {

		@WithDistributedLock(name = "x", key = "#id")
		public Object run(String id, Continuation<? super String> continuation) {
			return id;
		}

	}

	static class MultiLeaseOfASingleLock {

		@WithDistributedLock(name = "x")
		public void run(MultiLease leases) {
		}

	}

	static class LeaseOfSeveralLocks {

		@WithDistributedLock(name = "x", keys = { "'a'", "'b'" })
		public void run(Lease lease) {
		}

	}

	static class TwoLeases {

		@WithDistributedLock(name = "x")
		public void run(Lease lease, Lease again) {
		}

	}

	static class MisspeltArgument {

		@WithDistributedLock(name = "x", key = "#enviroment.name()")
		public void run(Thread.State environment) {
		}

	}

	static class MisspeltWait {

		@WithDistributedLock(name = "x", waitTimeout = "#wiat")
		public void run(String wait) {
		}

	}

	static class WaitOrDefault {

		@WithDistributedLock(name = "x", waitTimeout = "#wait.length() > 3 ? #wait : null")
		public void run(String wait) {
		}

	}

	abstract static class Handler<T> {

		public abstract void handle(T subject);

	}

	static class OrderHandler extends Handler<String> {

		@Override
		@WithDistributedLock(name = "x", key = "#order")
		public void handle(String order) {
		}

	}

	static class BareName {

		@WithDistributedLock(name = "x", key = "environment")
		public void run(String environment) {
		}

	}

	static class BareNameWithAProperty {

		@WithDistributedLock(name = "x", key = "environment.name")
		public void run(Thread environment) {
		}

	}

	static class BareNameAmongOthers {

		@WithDistributedLock(name = "x", keys = { "#region", "#region + '-' + environment" })
		public void run(String region, String environment) {
		}

	}

	static class BareNameAsAnArgument {

		@WithDistributedLock(name = "x", key = "#region.concat(environment)")
		public void run(String region, String environment) {
		}

	}

	static class BareNameAsTheSourceOfAProjection {

		@WithDistributedLock(name = "x", keys = "environment.![name]")
		public void run(List<Thread> environment) {
		}

	}

	static class KeyOfProperties {

		@WithDistributedLock(name = "x", key = "${test.key}")
		public void run(List<Thread> orders, Map<String, String> environments) {
		}

	}

	static class MisspeltBean {

		@WithDistributedLock(name = "x", key = "'a' + @clok.millis()")
		public void run() {
		}

	}

	static class BlankKey {

		@WithDistributedLock(name = "x", key = "' '")
		public void run() {
		}

	}

	static class NullAmongKeys {

		@WithDistributedLock(name = "x", keys = { "'a'", "null" })
		public void run() {
		}

	}

	static class KeyAndKeys {

		@WithDistributedLock(name = "x", key = "'a'", keys = "'b'")
		public void run() {
		}

	}

	static class EmptyAmongKeys {

		@WithDistributedLock(name = "x", keys = { "'a'", "" })
		public void run() {
		}

	}

	static class UnknownLossPolicy {

		@WithDistributedLock(name = "x", onLost = "ignore")
		public void run() {
		}

	}

	@WithDistributedLock(name = "x", key = "#id ?: 'all'")
	static class ArgumentOfSomeMethods {

		public void one(String id) {
		}

		public void all() {
		}

	}

	static class StaticMethod {

		@WithDistributedLock(name = "x")
		public static void run() {
		}

	}

	@WithDistributedLock(name = "x")
	static class AnnotatedClass {

		public static void run() {
		}

		public void start() {
			walk();
		}

		private void walk() {
		}

	}

	interface Task {

		@WithDistributedLock(name = "task")
		String run();

	}

	interface CoreSubscribable<T> extends Publisher<T> {

	}

	abstract static class MonoAlike implements CoreSubscribable<String> {

	}

	static class SpecialFuture extends CompletableFuture<String> {

	}

	static class PrivateMethods {

		@WithDistributedLock(name = "x")
		@SuppressWarnings("UnusedMethod")
		private void run() {
		}

	}

	static class FinalMethods {

		@WithDistributedLock(name = "x")
		public final void run() {
		}

	}

	@WithDistributedLock(name = "x")
	static class FinalMethodsOfAnAnnotatedClass {

		public final void run() {
		}

	}

	static class Publishers {

		@WithDistributedLock(name = "x")
		public Publisher<String> run() {
			throw new UnsupportedOperationException();
		}

	}

	static class PublishersByWayOfAnotherInterface {

		@WithDistributedLock(name = "x")
		public SdkPublisher<String> run() {
			throw new UnsupportedOperationException();
		}

	}

	static class ClassesThatArePublishersByWayOfAnotherInterface {

		@WithDistributedLock(name = "x")
		public MonoAlike run() {
			throw new UnsupportedOperationException();
		}

	}

	static class PublishersOfTheJdk {

		@WithDistributedLock(name = "x")
		public Flow.Publisher<String> run() {
			throw new UnsupportedOperationException();
		}

	}

	static class StagesOfAnotherType {

		@WithDistributedLock(name = "x")
		public SpecialFuture run() {
			throw new UnsupportedOperationException();
		}

	}

	static class MethodsThatWereInheritedBase {

		@WithDistributedLock(name = "x")
		public final void run() {
		}

	}

	static class MethodsThatWereInherited extends MethodsThatWereInheritedBase {

	}

	static class MalformedKey {

		@WithDistributedLock(name = "x", key = "#id +")
		public void run() {
		}

	}

	static class MalformedWaitExpression {

		@WithDistributedLock(name = "x", waitTimeout = "#(")
		public void run() {
		}

	}

	static class Duration {

		@WithDistributedLock(name = "x", waitTimeout = "ten minutes")
		public void run() {
		}

	}

	static class DurationThatIsOutOfRange {

		@WithDistributedLock(name = "x", leaseDuration = "${test.lease}")
		public void run() {
		}

	}

	static class NumberOfRetries {

		@WithDistributedLock(name = "x", maxRetries = "some")
		public void run() {
		}

	}

	static class LeaseMode {

		@WithDistributedLock(name = "x", leaseMode = "eternal")
		public void run() {
		}

	}

	static class PlaceholderWithoutAValue {

		@WithDistributedLock(name = "${test.missing}")
		public void run() {
		}

	}

	static class PlaceholderWithoutAValueInsideTheKey {

		@WithDistributedLock(name = "x", key = "'${test.missing}' + #id")
		public void run(String id) {
		}

	}

	static class NameThatIsEmpty {

		@WithDistributedLock(name = "${test.name}")
		public void run() {
		}

	}

	@WithDistributedLock(name = "x", minHold = "-1s")
	static class AnnotationOfTheClass {

		public void run() {
		}

	}

	static class BeansThatAreCreatedLater {

		@WithDistributedLock(name = "x", key = "#id +")
		public void run() {
		}

	}

	static class FuturesAreAccepted {

		@WithDistributedLock(name = "a")
		public CompletableFuture<String> completable() {
			throw new UnsupportedOperationException();
		}

		@WithDistributedLock(name = "a")
		public CompletionStage<String> stage() {
			throw new UnsupportedOperationException();
		}

		@WithDistributedLock(name = "a")
		public Future<String> future() {
			throw new UnsupportedOperationException();
		}

	}

	static class TheNameMayBeNone {

		@WithDistributedLock(name = "none")
		public void run() {
		}

	}

}
