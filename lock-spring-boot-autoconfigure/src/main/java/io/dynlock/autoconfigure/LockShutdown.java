package io.dynlock.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.HeldLock;
import io.dynlock.autoconfigure.DynlockProperties.Shutdown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Lets work under locks end before the application does. When the context is closed,
 * nobody waits for a lock any more, and no more locks are taken; then, while a web server
 * ends its last requests, the context waits until no lock is held, as long as
 * {@code spring.lifecycle.timeout-per-shutdown-phase} says. A context that is only
 * stopped, and may be started again, keeps its locks.
 */
final class LockShutdown implements ApplicationListener<ContextClosedEvent>, SmartLifecycle {

	/** The phase in which Spring Boot's web servers shut down gracefully. */
	private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private static final Logger logger = LoggerFactory.getLogger(LockShutdown.class);

	private final ApplicationContext context;

	private final Supplier<List<DistributedLockTemplate>> templates;

	private final Shutdown shutdown;

	private volatile CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

	private volatile boolean running;

	/**
	 * Creates one.
	 * @param context the context to be closed
	 * @param templates the clients that there are by then
	 * @param shutdown whether to wait
	 */
	LockShutdown(ApplicationContext context, Supplier<List<DistributedLockTemplate>> templates, Shutdown shutdown) {
		this.context = context;
		this.templates = templates;
		this.shutdown = shutdown;
	}

	/** The templates that were made; none is made to be drained. */
	static List<DistributedLockTemplate> existing(ConfigurableListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(DistributedLockTemplate.class, false, false))
			.filter(beanFactory::containsSingleton)
			.map((name) -> beanFactory.getBean(name, DistributedLockTemplate.class))
			.toList();
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.drained = CompletableFuture.allOf(this.templates.get()
				.stream()
				.map(DistributedLockTemplate::drain)
				.toArray(CompletableFuture[]::new));
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		stop();
		if (this.shutdown == Shutdown.IMMEDIATE) {
			callback.run();
			return;
		}
		if (!this.drained.isDone()) {
			logger.info("Waiting for work under locks to end: {}", held());
		}
		this.drained.thenRun(callback);
	}

	private List<String> held() {
		return this.templates.get().stream().flatMap((locks) -> locks.held().stream()).map(HeldLock::toString).toList();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return WEB_SERVER_PHASE;
	}

}
