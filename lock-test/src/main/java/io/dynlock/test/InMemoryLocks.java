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
 * <p>
 * That is so for the default lock client and those of {@code dynlock.clients}, whatever
 * the configuration of the application says of regions, endpoints, credentials and the
 * embedded server, and whatever beans it has for them: no request leaves the JVM, no
 * credentials are looked for, and any table is there, even if the application would not
 * create it. A {@code DynamoDbClient} of the application stays what is injected, but
 * locks do not use it. Lock clients differ in their tables, and in their regions, as far
 * as properties name them; those that have both in common share their locks, as with
 * DynamoDB itself. The other process uses the table of the default lock client. Locks
 * which the application makes itself, without the starter, are where it puts them.
 * <p>
 * An application that is closed does not wait for locks that tests left held
 * ({@code dynlock.shutdown=immediate}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(InMemoryLocksConfiguration.class)
@TestPropertySource(properties = { "dynlock.shutdown=immediate", "dynlock.embedded.enabled=false" })
public @interface InMemoryLocks {

}
