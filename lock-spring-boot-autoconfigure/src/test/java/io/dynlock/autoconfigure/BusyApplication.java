package io.dynlock.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockException;
import io.dynlock.LockListener;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application in a JVM of its own that holds one lock, and waits for another. Work
 * under the lock ends after the wait has.
 */
@SpringBootConfiguration
@ImportAutoConfiguration(DynlockAutoConfiguration.class)
class BusyApplication {

	/** The lock that the application holds. */
	static final String HELD = "held";

	/** The lock that the application waits for. */
	static final String WANTED = "wanted";

	/** Begins each line that is for the test. */
	static final String MARK = "> ";

	private final CompletableFuture<String> waitEnded = new CompletableFuture<>();

	@Bean
	AwsCredentialsProvider credentials() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
	}

	@Bean
	LockListener waitReporter() {
		return new LockListener() {

			@Override
			public void attempted(String key, String name, Outcome outcome, Duration duration) {
				if (key.equals(WANTED) && outcome == Outcome.BUSY) {
					say("waits");
				}
			}

		};
	}

	/**
	 * Runs the application.
	 * @param args properties
	 */
	public static void main(String[] args) {
		var context = SpringApplication.run(BusyApplication.class, args);
		DistributedLockTemplate locks = context.getBean(DistributedLockTemplate.class);
		BusyApplication application = context.getBean(BusyApplication.class);
		start(() -> application.hold(locks));
		start(() -> application.want(locks));
	}

	private static void start(Runnable work) {
		new Thread(work, "work").start();
	}

	private void hold(DistributedLockTemplate locks) {
		locks.execute(HELD, (lease) -> {
			say("holds");
			this.waitEnded.join();
			say("ended its work, and " + (lease.isValid() ? "held the lock" : "had lost the lock"));
			return true;
		});
	}

	private void want(DistributedLockTemplate locks) {
		try {
			locks.acquire(WANTED);
		}
		catch (LockException ex) {
			say("waits no more: " + ex.getMessage());
			this.waitEnded.complete("ended");
		}
	}

	private static synchronized void say(String line) {
		System.out.println(MARK + line);
		System.out.flush();
	}

}
