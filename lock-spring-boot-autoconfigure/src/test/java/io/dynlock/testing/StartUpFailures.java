package io.dynlock.testing;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot would print about contexts that do not start.
 */
public final class StartUpFailures {

	private StartUpFailures() {
	}

	/** Runs a context that is to fail. */
	public static FailureAnalysis of(ApplicationContextRunner runner) {
		AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
		AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
		runner.withInitializer(started::set).run((context) -> {
			assertThat(context).hasFailed();
			analysis.set(analyze(context.getStartupFailure(), started.get()));
		});
		return analysis.get();
	}

	private static FailureAnalysis analyze(Throwable failure, ConfigurableApplicationContext context) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
		FailureHandler ignoreThoseOfMissingLibraries = (type, name, ex) -> {
		};
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, ignoreThoseOfMissingLibraries)
			.stream()
			.flatMap((analyzer) -> analyze(analyzer, failure))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No analyzer understands the failure", failure));
	}

	private static Stream<FailureAnalysis> analyze(FailureAnalyzer analyzer, Throwable failure) {
		try {
			return Stream.ofNullable(analyzer.analyze(failure));
		}
		catch (NoClassDefFoundError ofAMissingLibrary) {
			return Stream.empty();
		}
	}

}
