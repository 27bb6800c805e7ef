package io.dynlock;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may know whom.
 */
class ArchitectureTests {

	private static final String API = "io.dynlock";

	private static final String PROTOCOL = "io.dynlock.internal.protocol..";

	private static final String TABLE = "io.dynlock.internal.table..";

	private static final String TIME = "io.dynlock.internal.time..";

	private static final String SDK = "software.amazon.awssdk..";

	private static final JavaClasses CORE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.dynlock")
		.that(resideOutsideOfPackages("io.dynlock.embedded.."));

	@Test
	void theCoreStandsOnTheSdkAndFacadesAlone() {
		classes().should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("io.dynlock..", "java..", SDK, "org.slf4j..", "org.jspecify.annotations.."))
			.check(CORE);
	}

	@Test
	void theProtocolKnowsNeitherTheSdkNorTheApiNorTheTable() {
		classes().that()
			.resideInAPackage(PROTOCOL)
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage(PROTOCOL, TIME, "java..", "org.slf4j..", "org.jspecify.annotations.."))
			.check(CORE);
	}

	@Test
	void theTableDoesNotKnowTheApi() {
		noClasses().that().resideInAPackage(TABLE).should().dependOnClassesThat().resideInAPackage(API).check(CORE);
	}

	@Test
	void timeKnowsNothingOfLocks() {
		classes().that()
			.resideInAPackage(TIME)
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage(TIME, "java..", "org.slf4j..", "org.jspecify.annotations.."))
			.check(CORE);
	}

	@Test
	void theSdkStaysInTheTableAndTheClientFactory() {
		noClasses().that()
			.resideOutsideOfPackage(TABLE)
			.and()
			.doNotBelongToAnyOf(DynamoDbClients.class, DistributedLockTemplate.class)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SDK)
			.check(CORE);
		noClasses().that()
			.belongToAnyOf(DistributedLockTemplate.class)
			.should()
			.dependOnClassesThat(resideInAnyPackage(SDK).and(not(type(DynamoDbClient.class))))
			.check(CORE);
	}

	@Test
	void timeIsToldAndWaitedForInOnePlace() {
		DescribedPredicate<JavaCall<?>> clocks = call(System.class, "nanoTime|currentTimeMillis")
			.or(call(Instant.class, "now"))
			.or(call(Clock.class, "system.*"))
			.or(call(Thread.class, "sleep"));
		noClasses().that().resideOutsideOfPackage(TIME).should().callCodeUnitWhere(clocks).check(CORE);
		assertThat(CORE.that(resideInAnyPackage(TIME))).as("the rule sees clocks where there are some")
			.anyMatch((type) -> type.getMethodCallsFromSelf().stream().anyMatch(clocks));
	}

	@Test
	void chanceIsNoSourceOfItsOwn() {
		noClasses().should().callCodeUnitWhere(call(Random.class, "<init>").or(call(Math.class, "random"))).check(CORE);
		noClasses().that()
			.doNotBelongToAnyOf(ProcessOwner.class, DistributedLockTemplate.class)
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
			.check(CORE);
	}

	private static DescribedPredicate<JavaCall<?>> call(Class<?> type, String name) {
		return target(owner(type(type))).and(target(nameMatching(name))).forSubtype();
	}

	@Test
	void nothingIsNullUnlessItSaysSo() {
		Set<JavaPackage> packages = CORE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

		assertThat(packages).hasSize(4).allMatch((each) -> each.isAnnotatedWith(NullMarked.class));
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("(io.dynlock..)").should().beFreeOfCycles().check(CORE);
	}

	@Test
	void whatUsersSeeIsNotForThemToExtendUnlessItIsAnInterface() {
		classes().that()
			.resideInAPackage(API)
			.and()
			.arePublic()
			.should(new ArchCondition<>("be final, an enum, a record, an interface or an exception") {
				@Override
				public void check(JavaClass item, ConditionEvents events) {
					boolean closed = item.getModifiers().contains(JavaModifier.FINAL) || item.isEnum()
							|| item.isRecord() || item.isInterface() || item.isAssignableTo(Throwable.class);
					events.add(new SimpleConditionEvent(item, closed, item.getName() + " can be extended"));
				}
			})
			.check(CORE);
	}

}
