package io.dynlock.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * On a Spring test: the locks of the application are in memory. There are beans of the
 * types {@link InMemoryDynamoDb} and {@link OtherProcess} for the test to have injected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(InMemoryLocksConfiguration.class)
public @interface InMemoryLocks {

}
