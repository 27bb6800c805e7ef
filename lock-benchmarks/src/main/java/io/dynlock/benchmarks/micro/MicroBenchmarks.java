package io.dynlock.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.TableCreation;
import io.dynlock.TableOptions;
import io.dynlock.aop.DistributedLockAdvisor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * What a call through the annotation costs beyond the lock itself: the proxy alone, a
 * lock with a fixed name, and keys evaluated from an argument or a property of one. The
 * locks are fakes, so none of this is a request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MicroBenchmarks {

	private static final int REENTRIES = 100;

	private final FakeLocks locks = new FakeLocks();

	private final LockedService direct = new LockedService();

	private final LockedService proxy = proxy();

	private final LockedService.Order order = new LockedService.Order("4711");

	private final DistributedLockTemplate template = DistributedLockTemplate.builder(new InstantDynamoDb())
		.tableOptions(TableOptions.builder().creation(TableCreation.NONE).build())
		.build();

	private LockedService proxy() {
		ProxyFactory factory = new ProxyFactory(new LockedService());
		factory.setProxyTargetClass(true);
		factory.addAdvisor(new DistributedLockAdvisor(() -> this.locks, new DefaultListableBeanFactory(), 0));
		return (LockedService) factory.getProxy();
	}

	/** The method itself. */
	@Benchmark
	public int direct() {
		return this.direct.unlocked("production");
	}

	/** A method without the annotation, through the proxy. */
	@Benchmark
	public int proxyAlone() {
		return this.proxy.unlocked("production");
	}

	/** The fake lock without the annotation. */
	@Benchmark
	public int template() {
		return this.locks.execute("deployment", (lease) -> this.direct.unlocked("production"));
	}

	/** A lock with a fixed name. */
	@Benchmark
	public int annotationWithName() {
		return this.proxy.named("production");
	}

	/** A key that is an argument. */
	@Benchmark
	public int annotationWithArgument() {
		return this.proxy.keyedByArgument("production");
	}

	/** A key that is a property of an argument. */
	@Benchmark
	public int annotationWithProperty() {
		return this.proxy.keyedByProperty(this.order);
	}

	/** A lock on a table that answers at once: what the protocol takes. */
	@Benchmark
	public int acquireAndRelease() {
		return this.template.execute("alone", (lease) -> 1);
	}

	/** Guarded code that enters its lock again. */
	@Benchmark
	@OperationsPerInvocation(REENTRIES)
	public int reentry() {
		return this.template.execute("alone", (outer) -> {
			int sum = 0;
			for (int i = 0; i < REENTRIES; i++) {
				sum += this.template.execute("alone", (lease) -> 1);
			}
			return sum;
		});
	}

	/** Two threads that hand one lock to each other. */
	@Benchmark
	@Threads(2)
	public int handOff() {
		return this.template.execute("wanted", (lease) -> 1);
	}

	/** Gives back what is held. */
	@TearDown
	public void close() {
		this.template.close();
	}

	/**
	 * Runs all of them.
	 * @param quick whether figures need not be good
	 * @throws RunnerException if that fails
	 */
	public static void run(boolean quick) throws RunnerException {
		new Runner(new OptionsBuilder().include(MicroBenchmarks.class.getName() + "\\..*")
			.forks(quick ? 1 : 2)
			.warmupIterations(quick ? 2 : 5)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(quick ? 2 : 5)
			.measurementTime(TimeValue.seconds(1))
			.addProfiler(GCProfiler.class)
			.build()).run();
	}

}
