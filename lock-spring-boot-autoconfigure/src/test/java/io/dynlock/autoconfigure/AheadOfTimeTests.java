package io.dynlock.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.aop.LockRuntimeHints;
import io.dynlock.autoconfigure.metrics.DynlockMetricsAutoConfiguration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.ExecutableHint;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring makes of an application ahead of time, for a native image.
 */
class AheadOfTimeTests {

	private static final String ROOT = "io.dynlock.aop.LockRoot";

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final RuntimeHints hints = process(this.files);

	@Test
	void everythingUnderTheRootOfAnExpressionCanBeRead() throws Exception {
		Class<?> root = Class.forName(ROOT);
		assertThat(root).hasPublicMethods("getMethod", "getArgs", "getTarget", "getTargetClass");
		assertThat(this.hints.reflection().getTypeHint(root).getMemberCategories())
			.contains(MemberCategory.INVOKE_PUBLIC_METHODS);
	}

	@Test
	void theRootIsKnownThroughTheseHintsAlone() {
		RuntimeHints alone = new RuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(ROOT))).rejects(alone);
		new LockRuntimeHints().registerHints(alone, null);
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(ROOT))).accepts(alone);
	}

	@Test
	void theOptionsCanBeBound() {
		assertThat(invocableConstructors(DynlockProperties.class))
			.containsExactlyInAnyOrderElementsOf(signatures(DynlockProperties.class));
		assertThat(invocableConstructors(DynlockProperties.AspectProperties.class))
			.containsExactlyInAnyOrderElementsOf(signatures(DynlockProperties.AspectProperties.class));
	}

	@Test
	void theProxyOfAnAnnotatedClassIsMade() {
		assertThat(this.files.getGeneratedFiles(Kind.CLASS).keySet())
			.anyMatch((name) -> name.contains("AheadOfTimeTests$Job$$SpringCGLIB$$"));
	}

	@Test
	void theBeansOfTheAutoConfigurationAreWrittenDown() {
		assertThat(this.files.getGeneratedFiles(Kind.SOURCE).keySet())
			.anyMatch((name) -> name.contains("DynlockAutoConfiguration__BeanDefinitions"))
			.anyMatch((name) -> name.contains("DynlockAspectAutoConfiguration__BeanDefinitions"));
	}

	/**
	 * The predicates that Spring has for this are not the same in its versions 6 and 7.
	 */
	private List<List<TypeReference>> invocableConstructors(Class<?> type) {
		return this.hints.reflection()
			.getTypeHint(type)
			.constructors()
			.filter((constructor) -> constructor.getMode() == ExecutableMode.INVOKE)
			.map(ExecutableHint::getParameterTypes)
			.toList();
	}

	private static List<List<TypeReference>> signatures(Class<?> type) {
		return Stream.of(type.getDeclaredConstructors())
			.map((constructor) -> TypeReference.listOf(constructor.getParameterTypes()))
			.toList();
	}

	private static RuntimeHints process(InMemoryGeneratedFiles files) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(AheadOfTimeTests.class)), files);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("dynlock.region=us-east-1").applyTo(context);
			context.register(Application.class, AopAutoConfiguration.class, DynlockAutoConfiguration.class,
					DynlockAspectAutoConfiguration.class, DynlockMetricsAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		generation.writeGeneratedContent();
		return generation.getRuntimeHints();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		AwsCredentialsProvider credentials() {
			return AnonymousCredentialsProvider.create();
		}

		@Bean
		Job job() {
			return new Job();
		}

	}

	static class Job {

		@WithDistributedLock(name = "job", key = "#root.args[0]")
		public void run(String argument) {
		}

	}

}
