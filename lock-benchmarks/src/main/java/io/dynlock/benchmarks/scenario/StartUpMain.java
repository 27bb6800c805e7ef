package io.dynlock.benchmarks.scenario;

import java.lang.management.ManagementFactory;

import io.dynlock.testing.Message;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that starts, says how long that took, and ends.
 */
public final class StartUpMain {

	/** The system property that says which application. */
	static final String KIND = "startup.kind";

	private StartUpMain() {
	}

	/**
	 * Starts the application.
	 * @param args none
	 */
	public static void main(String[] args) {
		Class<?> type = StartUpKind.valueOf(System.getProperty(KIND)).application();
		long before = System.nanoTime();
		SpringApplication application = new SpringApplication(type);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		try (ConfigurableApplicationContext context = application.run(args)) {
			long nanos = System.nanoTime() - before;
			System.out.println(new Message("started").with("nanos", nanos)
				.with("classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount())
				.with("clients", context.getBeanNamesForType(DynamoDbClient.class).length));
		}
	}

	/** Nothing but what Spring Boot adds to every application. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	/** Has a client of DynamoDB for purposes of its own. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithClient {

		@Bean
		DynamoDbClient client() {
			return DynamoDbClient.builder()
				.region(Region.US_EAST_1)
				.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
				.build();
		}

	}

}
