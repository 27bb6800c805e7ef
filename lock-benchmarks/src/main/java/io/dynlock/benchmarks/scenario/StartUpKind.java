package io.dynlock.benchmarks.scenario;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Applications whose start is measured.
 */
enum StartUpKind {

	/** Has neither locks nor a client. */
	PLAIN("without dynlock", StartUpMain.Plain.class, false),

	/** Has a client of its own, and no locks. */
	CLIENT("without dynlock, with a DynamoDbClient", StartUpMain.WithClient.class, false),

	/** Has what the starter brings. */
	STARTER("with the starter", StartUpMain.Plain.class, true),

	/** Has what the starter brings, and a client of its own, which that uses. */
	BOTH("with the starter and a DynamoDbClient", StartUpMain.WithClient.class, true);

	private final String title;

	private final Class<?> application;

	private final boolean locks;

	StartUpKind(String title, Class<?> application, boolean locks) {
		this.title = title;
		this.application = application;
		this.locks = locks;
	}

	String title() {
		return this.title;
	}

	Class<?> application() {
		return this.application;
	}

	/** What the JVM is told. */
	String[] jvmArguments() {
		Stream<String> configuration = this.locks
				? Stream.of("-Daws.region=us-east-1", "-Daws.accessKeyId=any", "-Daws.secretAccessKey=any")
				: Stream.of("-Dspring.autoconfigure.exclude=" + ours().stream().collect(Collectors.joining(",")));
		return Stream.concat(Stream.of("-D" + StartUpMain.KIND + "=" + name()), configuration).toArray(String[]::new);
	}

	private static List<String> ours() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.dynlock."))
			.toList();
	}

}
