package io.dynlock.testing;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.DynamoDbClients;
import io.dynlock.autoconfigure.DynlockAspectAutoConfiguration;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;
import io.dynlock.autoconfigure.metrics.DynlockMetricsAutoConfiguration;
import io.dynlock.embedded.EmbeddedDynamoDb;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * One DynamoDB Local for all tests of this JVM, and contexts that use it.
 */
public final class SharedDynamoDb {

	private static final AtomicInteger tables = new AtomicInteger();

	private SharedDynamoDb() {
	}

	/** The address of the server. */
	public static URI endpoint() {
		return Server.INSTANCE.endpoint();
	}

	/**
	 * A runner whose contexts are configured as an application's would be, and share a
	 * table that no other runner uses.
	 */
	public static ApplicationContextRunner contextRunner() {
		return offlineContextRunner().withPropertyValues(properties());
	}

	/** Properties of a context that uses the server, and a table of its own. */
	public static String[] properties() {
		return new String[] { "dynlock.region=us-east-1", "dynlock.endpoint=" + endpoint(),
				"dynlock.table=locks-" + tables.incrementAndGet(), "dynlock.sleep-between-retries=10ms",
				"dynlock.max-sleep-between-retries=20ms" };
	}

	/** The server takes any. */
	public static AwsCredentialsProvider credentials() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "anysecret"));
	}

	/** A client of the server. */
	public static DynamoDbClient client() {
		return Server.CLIENT;
	}

	/** A runner whose contexts have a client, but nothing that would answer it. */
	public static ApplicationContextRunner offlineContextRunner() {
		return bareContextRunner().withPropertyValues("dynlock.region=us-east-1")
			.withBean("credentials", AwsCredentialsProvider.class, SharedDynamoDb::credentials);
	}

	/**
	 * A runner with nothing but the auto-configuration. Its contexts do not wait for
	 * leases that a test kept.
	 */
	public static ApplicationContextRunner bareContextRunner() {
		return patientContextRunner().withPropertyValues("dynlock.shutdown=immediate");
	}

	/** A runner whose contexts wait for leases that are held, as they do by default. */
	public static ApplicationContextRunner patientContextRunner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(
				PropertyPlaceholderAutoConfiguration.class, AopAutoConfiguration.class, DynlockAutoConfiguration.class,
				DynlockAspectAutoConfiguration.class, DynlockMetricsAutoConfiguration.class));
	}

	/** Started by the first test that needs it; ends with the JVM. */
	private static final class Server {

		static final EmbeddedDynamoDb INSTANCE = EmbeddedDynamoDb.start();

		static final DynamoDbClient CLIENT = DynamoDbClients.builder().endpoint(INSTANCE.endpoint()).local().build();

	}

}
