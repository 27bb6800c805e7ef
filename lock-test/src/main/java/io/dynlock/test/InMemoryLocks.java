package io.dynlock.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * On a Spring test: the locks of the application are in memory. There are beans of the
 * types {@link InMemoryDynamoDb} and {@link OtherProcess} for the test to have injected.
 * An application that is closed does not wait for locks that tests left held
 * ({@code dynlock.shutdown=immediate}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(InMemoryLocksConfiguration.class)
@TestPropertySource(properties = "dynlock.shutdown=immediate")
public @interface InMemoryLocks {

}
