package io.dynlock;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Which part may know of which.
 */
class ArchitectureTests {

	private static final JavaClasses module = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importUrl(DynlockAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation());

	private static final JavaClasses core = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importUrl(Lease.class.getProtectionDomain().getCodeSource().getLocation());

	@Nested
	class Layers {

		@Test
		void theCoreKnowsNeitherThisModuleNorSpringNorMicrometer() {
			noClasses().should()
				.dependOnClassesThat()
				.resideInAnyPackage("io.dynlock.annotation..", "io.dynlock.aop..", "io.dynlock.autoconfigure..",
						"io.dynlock.metrics..", "org.springframework..", "io.micrometer..", "org.aopalliance..")
				.check(core);
		}

		@Test
		void theInsideOfTheCoreIsLeftAlone() {
			noClasses().should().dependOnClassesThat().resideInAPackage("io.dynlock.internal..").check(module);
		}

		@Test
		void packagesAreFreeOfCycles() {
			slices().matching("io.dynlock.(**)").should().beFreeOfCycles().check(module);
		}

		@Test
		void theAnnotationKnowsNoSpring() {
			noClasses().that()
				.resideInAPackage("io.dynlock.annotation..")
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage("org.springframework..", "io.dynlock.aop..", "io.dynlock.autoconfigure..")
				.check(module);
		}

		@Test
		void nothingKnowsTheAutoConfigurationButItself() {
			noClasses().that()
				.resideOutsideOfPackage("io.dynlock.autoconfigure..")
				.should()
				.dependOnClassesThat()
				.resideInAPackage("io.dynlock.autoconfigure..")
				.check(module);
		}

	}

	@Nested
	class Libraries {

		@Test
		void onlyMetricsAndObservationsUseMicrometer() {
			onlyIn("io.micrometer..", "io.dynlock.metrics..", "io.dynlock.observation..",
					"io.dynlock.autoconfigure.metrics..", "io.dynlock.autoconfigure.observation..")
				.check(module);
		}

		@Test
		void onlyWhatItShowsUsesTheActuator() {
			onlyIn("org.springframework.boot.actuate..", "io.dynlock.actuate", "io.dynlock.autoconfigure.actuate")
				.check(module);
			onlyIn("org.springframework.boot.health..", "io.dynlock.actuate", "io.dynlock.autoconfigure.actuate")
				.check(module);
		}

		@Test
		void onlyTheAutoConfigurationUsesTheAwsSdk() {
			onlyIn("software.amazon..", "io.dynlock.autoconfigure", "io.dynlock.autoconfigure.diagnostics")
				.check(module);
		}

		@Test
		void onlyTheAutoConfigurationStartsTheEmbeddedServer() {
			onlyIn("io.dynlock.embedded..", "io.dynlock.autoconfigure").check(module);
		}

		@Test
		void onlyTheAspectUsesAopAlliance() {
			onlyIn("org.aopalliance..", "io.dynlock.aop", "io.dynlock.autoconfigure").check(module);
		}

		@Test
		void onlyTheAspectUsesReactor() {
			onlyIn("reactor..", "io.dynlock.aop").check(module);
		}

		@Test
		void aspectJIsNotNeeded() {
			onlyIn("org.aspectj..").check(module);
		}

		private static ArchRule onlyIn(String library, String... packages) {
			DescribedPredicate<JavaClass> others = DescribedPredicate.not(resideInAnyPackage(packages));
			return noClasses().that(others).should().dependOnClassesThat(resideInAPackage(library));
		}

	}

	@Nested
	class Shape {

		@Test
		void autoConfigurationsArePublicAndFinal() {
			classes().that()
				.areAnnotatedWith(AutoConfiguration.class)
				.should()
				.bePublic()
				.andShould()
				.haveModifier(JavaModifier.FINAL)
				.andShould()
				.haveSimpleNameEndingWith("AutoConfiguration")
				.check(module);
		}

		@Test
		void beanMethodsArePackagePrivate() {
			methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(module);
		}

		@Test
		void theAutoConfigurationShowsNothingElse() {
			classes().that()
				.resideInAPackage("io.dynlock.autoconfigure..")
				.and()
				.areNotAnnotatedWith(AutoConfiguration.class)
				.and(DescribedPredicate.not(arePropertiesOrNestedInThem()))
				.and()
				.haveSimpleNameNotEndingWith("Customizer")
				.and()
				.haveSimpleNameNotEndingWith("ConnectionDetails")
				.and(DescribedPredicate.not(DescribedPredicate.describe("are package-info",
						(type) -> type.getSimpleName().equals("package-info"))))
				.should()
				.notBePublic()
				.check(module);
		}

		@Test
		void packagesAreNullMarked() {
			classes().should(new ArchCondition<>("be in a package with @NullMarked") {
				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
					events.add(new SimpleConditionEvent(type, marked,
							type.getPackageName() + " is " + (marked ? "" : "not ") + "@NullMarked"));
				}
			}).check(module);
		}

		private static DescribedPredicate<JavaClass> arePropertiesOrNestedInThem() {
			return DescribedPredicate.describe("are properties",
					(type) -> type.isAnnotatedWith(ConfigurationProperties.class) || type.getEnclosingClass()
						.map((outer) -> outer.isAnnotatedWith(ConfigurationProperties.class))
						.orElse(false));
		}

	}

}
