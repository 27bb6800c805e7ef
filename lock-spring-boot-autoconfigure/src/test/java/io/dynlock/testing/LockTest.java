package io.dynlock.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.dynlock.autoconfigure.DynlockAspectAutoConfiguration;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * One context for all tests of a class, with its nested configuration, locks and the
 * annotation.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringJUnitConfig(initializers = LockTest.Initializer.class)
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, AopAutoConfiguration.class,
		DynlockAutoConfiguration.class, DynlockAspectAutoConfiguration.class })
public @interface LockTest {

	/** Adds what {@link SharedDynamoDb#contextRunner()} has. */
	final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestPropertyValues.of(SharedDynamoDb.properties()).applyTo(context);
			context.getBeanFactory().registerSingleton("credentials", SharedDynamoDb.credentials());
		}

	}

}
