package io.dynlock.autoconfigure.actuate;

import io.dynlock.DistributedLockOperations;
import io.dynlock.actuate.LockEndpoint;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class DynlockEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=dynlock";

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner()
		.withConfiguration(
				AutoConfigurations.of(EndpointAutoConfiguration.class, DynlockEndpointAutoConfiguration.class));

	/** Values such as {@code read-only} are converted as in an application. */
	private final ApplicationContextRunner exposed = this.runner.withPropertyValues(EXPOSED)
		.withInitializer(
				(context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()));

	@Test
	void isThereWhereItIsExposed() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(LockEndpoint.class));
	}

	@Test
	void isNotThereUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockEndpoint.class));
	}

	@Test
	void isNotThereWithoutAccess() {
		this.exposed.withPropertyValues("management.endpoint.dynlock.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(LockEndpoint.class));
	}

	@Test
	void isNotThereWithoutAClient() {
		this.exposed.withBean(DistributedLockOperations.class, () -> Mockito.mock(DistributedLockOperations.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockEndpoint.class));
	}

	@Test
	void onlyShowsUnlessItHasUnrestrictedAccess() {
		this.exposed.run((context) -> assertThat(access(context)).isEqualTo(Access.READ_ONLY));
		this.exposed.withPropertyValues("management.endpoint.dynlock.access=unrestricted")
			.run((context) -> assertThat(access(context)).isEqualTo(Access.UNRESTRICTED));
	}

	private static Access access(ApplicationContext context) {
		Endpoint endpoint = LockEndpoint.class.getAnnotation(Endpoint.class);
		return context.getBean(EndpointAccessResolver.class)
			.accessFor(EndpointId.of(endpoint.id()), endpoint.defaultAccess());
	}

}
